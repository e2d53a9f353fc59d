import type { Raw } from '../../resources/reading.js'
import { type Complaint, entriesIn, has, listIn, numberIn, objectIn, objectsIn, textIn, textsIn, type Validation } from './fields.js'
import { checkHttpRoute } from './http-route.js'
import { faultOfHost, faultOfName, isAddress, isBlock, isLabel, isPort } from './names.js'
import { namesAmong, type NamesAmong } from './names-among.js'
import { checkDestination, checkWeights } from './check-destination.js'
import { checkExportTo, checkLabels } from './common-parts.js'
import { isClaim } from './texts.js'

/** What a VirtualService must have, and what contradicts itself in it; which of its rules are never reached is another question. */
export const validateVirtualService: Validation = function* validateVirtualService(object) {
  const spec = objectIn(object, 'spec')
  const hosts = listIn(spec, 'hosts').filter((host) => typeof host === 'string')
  if (hosts.length === 0) yield* checkDelegate(spec)
  const among = namesAmong(hosts)
  yield* checkHosts(spec, hosts, among)
  yield* checkGatewayNames(spec, 'spec')
  const routes = ['http', 'tls', 'tcp'].flatMap((kind) => listIn(spec, kind))
  if (routes.length === 0) yield { at: 'spec', says: 'has neither `http` nor `tls` nor `tcp`, and so no route' }
  for (const [route, at] of objectsIn(spec, 'http', 'spec')) {
    yield* checkHttpRoute(route, at, hosts.length === 0)
    for (const [match, place] of objectsIn(route, 'match', at)) yield* checkClaims(spec, match, place)
    for (const [match, place] of objectsIn(route, 'match', at)) yield* checkGatewayNames(match, place)
  }
  for (const [route, at] of objectsIn(spec, 'tls', 'spec')) yield* checkTlsRoute(route, at, among)
  for (const [route, at] of objectsIn(spec, 'tcp', 'spec')) yield* checkPlainRoute(route, at, 'tcp')
  yield* checkExportTo(spec, textIn(objectIn(object, 'metadata'), 'namespace'))
}

/** One without hosts is for others to delegate to. */
function* checkDelegate(spec: Raw): Iterable<Complaint> {
  for (const key of ['gateways', 'tls', 'tcp'] as const) {
    if (listIn(spec, key).length > 0)
      yield { at: `spec.${key}`, says: 'is set, though a VirtualService without hosts, to which others delegate, has none' }
  }
}

const isBoundToMesh = (spec: Raw): boolean => listIn(spec, 'gateways').length === 0 || listIn(spec, 'gateways').includes('mesh')

function* checkHosts(spec: Raw, hosts: readonly string[], among: NamesAmong): Iterable<Complaint> {
  let valid = true
  for (const [host, at] of textsIn(spec, 'hosts', 'spec')) {
    const fault = isAddress(host) || host.startsWith('outbound_') ? undefined : faultOfHost(host)
    if (fault !== undefined) yield { at, says: `is \`${host}\`, which ${fault}` }
    else if (host === '*' && isBoundToMesh(spec))
      yield { at, says: 'is `*`, which routes of sidecars (gateway `mesh`, the default) may not be for' }
    else continue
    valid = false
  }
  if (!valid) return
  for (const [index, host] of hosts.entries()) {
    const earlier = among.firstOverlapping(host)
    if (earlier < index)
      yield { at: `spec.hosts[${index}]`, says: `is \`${host}\`, which \`${hosts[earlier]}\` of the same list covers, or is covered by` }
  }
}

export function* checkGatewayNames(from: Raw, where: string): Iterable<Complaint> {
  for (const [name, at] of textsIn(from, 'gateways', where)) {
    const [namespace = '', gateway, ...more] = name.split('/')
    if (gateway === undefined) {
      const fault = faultOfName(name)
      if (fault !== undefined) yield { at, says: `is \`${name}\`, which ${fault}` }
      // istiod looks at none behind a name of this older form.
      return
    }
    if (more.length > 0 || !isLabel(namespace) || !isLabel(gateway)) {
      yield { at, says: `is \`${name}\`, which is no \`namespace/name\` of a Gateway` }
    }
  }
}

/** Claims of tokens are known to gateways only. */
function* checkClaims(spec: Raw, match: Raw, at: string): Iterable<Complaint> {
  if (!isBoundToMesh(spec)) return
  for (const key of ['headers', 'withoutHeaders'] as const) {
    for (const [name] of entriesIn(match, key)) {
      if (isClaim(name))
        yield { at: `${at}.${key}`, says: `asks for the claim \`${name}\`, which only gateways know: this VirtualService is for sidecars` }
    }
  }
}

function* checkTlsRoute(route: Raw, at: string, among: NamesAmong): Iterable<Complaint> {
  if (listIn(route, 'match').length === 0) yield { at, says: 'has no `match`: a route of TLS needs the names of servers (`sniHosts`)' }
  for (const [match, place] of objectsIn(route, 'match', at)) {
    if (listIn(match, 'sniHosts').length === 0) yield { at: place, says: 'has no `sniHosts`' }
    for (const [sni, spot] of textsIn(match, 'sniHosts', place)) {
      if (isAddress(sni) || sni.startsWith('outbound_')) continue
      const fault = faultOfHost(sni)
      if (fault !== undefined) yield { at: spot, says: `is \`${sni}\`, which ${fault}` }
      else if (!among.covers(sni)) yield { at: spot, says: `is \`${sni}\`, which none of the hosts of the VirtualService covers` }
    }
  }
  yield* checkPlainRoute(route, at, 'tls')
}

/** What routes of TLS and of TCP have in common. */
function* checkPlainRoute(route: Raw, at: string, kind: string): Iterable<Complaint> {
  for (const [match, place] of objectsIn(route, 'match', at)) {
    for (const [subnet, spot] of textsIn(match, 'destinationSubnets', place)) {
      if (!isBlock(subnet)) yield { at: spot, says: `is \`${subnet}\`, which is no address and no block of addresses` }
    }
    if (numberIn(match, 'port') !== 0 && !isPort(numberIn(match, 'port'))) yield { at: `${place}.port`, says: 'is no port' }
    yield* checkLabels(match, 'sourceLabels', place)
    yield* checkGatewayNames(match, place)
  }
  if (listIn(route, 'route').length === 0) yield { at, says: `has no \`route\`: a route of ${kind} leads somewhere` }
  for (const [target, place] of objectsIn(route, 'route', at)) {
    if (has(target, 'destination')) yield* checkDestination(objectIn(target, 'destination'), `${place}.destination`)
  }
  yield* checkWeights(route, at)
}
