import type { Raw } from '../../resources/reading.js'
import { type Complaint, entriesIn, has, listIn, numberIn, objectIn, objectsIn, textIn, textsIn, type Validation, when } from './fields.js'
import { faultOfHost, faultOfName, isAddress, isBlock, isHttp, isLabel, isPort, isPartialWildcard, isProtocol, isTls } from './names.js'
import { checkExportTo, checkLabels, checkSelector } from './common-parts.js'

/** A ServiceEntry: hosts, ports and endpoints that its resolution can make something of. */
export const validateServiceEntry: Validation = function* validateServiceEntry(object) {
  const spec = objectIn(object, 'spec')
  yield* checkSelector(spec, 'workloadSelector', 'labels', 'nobody')
  yield* checkHosts(spec)
  for (const [address, at] of textsIn(spec, 'addresses', 'spec')) {
    if (!isBlock(address)) yield { at, says: `is \`${address}\`, which is no address and no block of addresses` }
  }
  yield* checkPorts(spec)
  yield* checkResolution(spec, object)
  yield* checkExportTo(spec, textIn(objectIn(object, 'metadata'), 'namespace'), { entry: true })
}

function* checkHosts(spec: Raw): Iterable<Complaint> {
  for (const [host, at] of textsIn(spec, 'hosts', 'spec')) {
    // A `*` alone breaks a rule of the schema.
    const fault = host === '*' ? undefined : faultOfHost(host)
    if (fault !== undefined) yield { at, says: `is \`${host}\`, which ${fault}` }
    else if (isPartialWildcard(host) && textIn(spec, 'resolution') !== 'DYNAMIC_DNS')
      yield { at, says: `is \`${host}\`: a \`*\` that is no whole label matches nothing`, warns: true }
  }
}

function* checkPorts(spec: Raw): Iterable<Complaint> {
  const numbers = new Set<number>()
  for (const [port, at] of objectsIn(spec, 'ports', 'spec')) {
    const [name, protocol, number] = [textIn(port, 'name'), textIn(port, 'protocol'), numberIn(port, 'number')]
    if (numbers.has(number)) yield { at: `${at}.number`, says: `is ${number}, as that of a port before it` }
    numbers.add(number)
    if (has(port, 'name') && !isLabel(name)) yield { at: `${at}.name`, says: `is \`${name}\`, which is no name of a port` }
    if (protocol !== '' && !isProtocol(protocol)) yield { at: `${at}.protocol`, says: `is \`${protocol}\`, which is no protocol` }
    if (has(port, 'number') && !isPort(number)) yield { at: `${at}.number`, says: `is ${number}, which is no port` }
  }
}

/** What each resolution may have, and has to have. */
function* checkResolution(spec: Raw, object: Raw): Iterable<Complaint> {
  const resolution = textIn(spec, 'resolution') || 'NONE'
  const endpoints = [...objectsIn(spec, 'endpoints', 'spec')]
  if (resolution === 'NONE' && has(spec, 'workloadSelector'))
    yield {
      at: 'spec.workloadSelector',
      says: 'has no effect: with the resolution NONE, calls go where their caller sends them',
      warns: true,
    }
  if (resolution === 'STATIC') for (const [endpoint, at] of endpoints) yield* checkEndpoint(endpoint, at, spec, false)
  if (resolution.startsWith('DNS')) yield* checkResolved(spec, endpoints)
  if (resolution === 'DYNAMIC_DNS') yield* checkDynamic(spec, object)
  const isAny = resolution === 'NONE' || listIn(spec, 'hosts').length < 2
  const plain = [...objectsIn(spec, 'ports', 'spec')].find(
    ([port]) => !isHttp(textIn(port, 'protocol')) && !isTls(textIn(port, 'protocol')),
  )
  if (!isAny && plain !== undefined)
    yield {
      at: plain[1],
      says: 'is neither of HTTP nor of TLS, and there are several hosts: nothing in a connection tells which of them is meant',
    }
}

function* checkResolved(spec: Raw, endpoints: readonly (readonly [Raw, string])[]): Iterable<Complaint> {
  if (endpoints.length === 0) {
    for (const [host, at] of textsIn(spec, 'hosts', 'spec')) {
      if (host === '*' || faultOfName(host) === undefined) continue
      yield {
        at,
        says: `is \`${host}\`, which no DNS can resolve: with the resolution ${textIn(spec, 'resolution')} and no endpoints, hosts are whole names`,
      }
    }
  }
  for (const [endpoint, at] of endpoints) yield* checkEndpoint(endpoint, at, spec, true)
  const isPlain = [...objectsIn(spec, 'ports', 'spec')].some(([port]) =>
    ['tcp', 'https', 'tls', 'mongo', 'redis', 'mysql'].includes(textIn(port, 'protocol').toLowerCase()),
  )
  if (isPlain && listIn(spec, 'addresses').length > 0 && listIn(spec, 'hosts').length > 1) {
    yield {
      at: 'spec.hosts',
      says: 'has several hosts, which share their addresses on a port of TCP: a connection does not tell which of them is meant',
      warns: true,
    }
  }
}

/** An endpoint: where it is, and ports that the entry has. */
function* checkEndpoint(endpoint: Raw, at: string, spec: Raw, mayBeName: boolean): Iterable<Complaint> {
  const address = textIn(endpoint, 'address')
  const fault = mayBeName ? faultOfNamed(address) : faultOfStatic(address, has(endpoint, 'network'))
  if (fault !== undefined) yield { at: `${at}.address`, says: `is \`${address}\`, which ${fault}` }
  const names = new Set([...objectsIn(spec, 'ports', 'spec')].map(([port]) => textIn(port, 'name')))
  for (const [name] of entriesIn(endpoint, 'ports')) {
    yield* when(!names.has(name), `${at}.ports`, `has a port \`${name}\`, which the ServiceEntry does not have`)
  }
  const isAlone = !address.startsWith('unix://') || mayBeName || names.size === 1
  yield* when(!isAlone, `${at}.address`, 'is a socket of Unix, and the ServiceEntry has not exactly one port')
  yield* checkLabels(endpoint, 'labels', at)
}

const isPlace = (address: string): boolean => address.startsWith('unix://') || isAddress(address)

const faultOfNamed = (address: string): string | undefined => (isAddress(address) ? undefined : faultOfName(address))

/** Without an address an endpoint may be behind the gateway of its network. */
const faultOfStatic = (address: string, inNetwork: boolean): string | undefined =>
  isPlace(address) || (address === '' && inNetwork) ? undefined : 'is no address: with the resolution STATIC endpoints are addresses'

function* checkDynamic(spec: Raw, object: Raw): Iterable<Complaint> {
  for (const [host, at] of textsIn(spec, 'hosts', 'spec')) {
    if (!host.startsWith('*')) yield { at, says: `is \`${host}\`: with the resolution DYNAMIC_DNS hosts begin with \`*\`` }
  }
  for (const key of ['addresses', 'endpoints'] as const) {
    if (listIn(spec, key).length > 0)
      yield { at: `spec.${key}`, says: 'is set, though with the resolution DYNAMIC_DNS each host that is called is resolved' }
  }
  for (const [port, at] of objectsIn(spec, 'ports', 'spec')) {
    if (!['http', 'tls', 'grpc', 'http2'].includes(textIn(port, 'protocol').toLowerCase()))
      yield { at: `${at}.protocol`, says: 'is none of HTTP, HTTP2, GRPC and TLS, which DYNAMIC_DNS needs to learn the host' }
  }
  const waypoint = objectIn(objectIn(object, 'metadata'), 'labels')['istio.io/use-waypoint']
  if (textIn(spec, 'location') === 'MESH_INTERNAL' && typeof waypoint === 'string' && !['', 'none'].includes(waypoint.toLowerCase())) {
    yield { at: 'spec.location', says: 'is MESH_INTERNAL, which DYNAMIC_DNS and a waypoint together do not support' }
  }
}
