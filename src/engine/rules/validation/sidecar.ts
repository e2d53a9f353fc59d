import type { Raw } from '../../resources/reading.js'
import { type Complaint, has, listIn, numberIn, objectIn, objectsIn, textIn, textsIn, type Validation, when } from './fields.js'
import { faultOfHost, faultOfName, faultOfSocket, isAddress, isHttp, isLabel, isPartialWildcard, isPort, isProtocol } from './names.js'
import { checkSelector } from './common-parts.js'
import { checkIngressTls } from './ingress-tls.js'
import { checkConnectionPool } from './traffic-policy.js'

/** A Sidecar: something to configure, listeners of ports of their own, and hosts as `namespace/name`. */
export const validateSidecar: Validation = function* validateSidecar(object) {
  const spec = objectIn(object, 'spec')
  yield* checkSelector(spec, 'workloadSelector', 'labels')
  if (
    listIn(spec, 'egress').length === 0 &&
    listIn(spec, 'ingress').length === 0 &&
    !['outboundTrafficPolicy', 'inboundConnectionPool'].some((key) => has(spec, key))
  ) {
    return void (yield { at: 'spec', says: 'configures nothing: neither `egress` nor `ingress` nor `outboundTrafficPolicy`' })
  }
  if (has(spec, 'inboundConnectionPool')) yield* checkConnectionPool(objectIn(spec, 'inboundConnectionPool'), 'spec.inboundConnectionPool')
  yield* checkEgressProxy(objectIn(spec, 'outboundTrafficPolicy'))
  yield* checkIngress(spec)
  yield* checkEgress(spec)
}

/** A proxy for what is in no registry. */
function* checkEgressProxy(policy: Raw): Iterable<Complaint> {
  if (!has(policy, 'egressProxy')) return
  const at = 'spec.outboundTrafficPolicy.egressProxy'
  if (textIn(policy, 'mode') !== 'ALLOW_ANY')
    return void (yield { at, says: 'is set, though the mode is not ALLOW_ANY: nothing is sent there' })
  const proxy = objectIn(policy, 'egressProxy')
  const fault = faultOfName(textIn(proxy, 'host'))
  if (fault !== undefined) yield { at: `${at}.host`, says: `is \`${textIn(proxy, 'host')}\`, which ${fault}` }
  if (!has(proxy, 'port')) return void (yield { at, says: 'has no `port`' })
  if (!isPort(numberIn(objectIn(proxy, 'port'), 'number'))) yield { at: `${at}.port`, says: 'has no `number` from 1 to 65535' }
  const subset = textIn(proxy, 'subset')
  if (subset !== '' && !isLabel(subset)) yield { at: `${at}.subset`, says: `is \`${subset}\`, which is no name of a subset` }
}

function* checkIngress(spec: Raw): Iterable<Complaint> {
  const ports = new Set<number>()
  for (const [listener, at] of objectsIn(spec, 'ingress', 'spec')) {
    if (!has(listener, 'port')) continue
    const number = numberIn(objectIn(listener, 'port'), 'number')
    if (!isPort(number)) yield { at: `${at}.port.number`, says: `is ${number}, which is no port` }
    yield* checkPort(objectIn(listener, 'port'), textIn(listener, 'bind'), at)
    if (ports.has(number)) yield { at: `${at}.port.number`, says: `is ${number}, as that of a listener before it` }
    ports.add(number)
    yield* checkEndpoint(textIn(listener, 'defaultEndpoint'), `${at}.defaultEndpoint`)
    yield* checkIngressTls(listener, at)
    yield* checkIngressPool(listener, at)
  }
}

function* checkEndpoint(endpoint: string, at: string): Iterable<Complaint> {
  if (endpoint === '') return
  if (endpoint.startsWith('unix://')) return void (yield* checkSocket(endpoint, at))
  yield* when(
    !isEndpoint(endpoint),
    at,
    `is \`${endpoint}\`; it is \`127.0.0.1:PORT\`, \`0.0.0.0:PORT\`, \`[::1]:PORT\`, \`[::]:PORT\`, \`:PORT\` or a socket of Unix`,
  )
}

function* checkSocket(address: string, at: string): Iterable<Complaint> {
  const fault = faultOfSocket(address)
  if (fault !== undefined) yield { at, says: `is \`${address}\`, which ${fault}` }
}

/** Limits of connections to one port. */
function* checkIngressPool(listener: Raw, at: string): Iterable<Complaint> {
  if (!has(listener, 'connectionPool')) return
  const pool = objectIn(listener, 'connectionPool')
  yield* checkConnectionPool(pool, `${at}.connectionPool`)
  const protocol = textIn(objectIn(listener, 'port'), 'protocol')
  if (has(pool, 'http') && !isHttp(protocol))
    yield { at: `${at}.connectionPool.http`, says: `has no effect: the port is of ${protocol || 'no protocol'}, not of HTTP`, warns: true }
}

const isEndpoint = (text: string): boolean => {
  const found = /^(?:127\.0\.0\.1|0\.0\.0\.0|\[::1\]|\[::\])?:(\d+)$/.exec(text)
  return found !== null && isPort(Number(found[1]))
}

function* checkPort(port: Raw, bind: string, at: string): Iterable<Complaint> {
  const [name, protocol] = [textIn(port, 'name'), textIn(port, 'protocol')]
  if (name !== '' && !isLabel(name)) yield { at: `${at}.port.name`, says: `is \`${name}\`, which is no name of a port` }
  if (protocol !== '' && !isProtocol(protocol)) yield { at: `${at}.port.protocol`, says: `is \`${protocol}\`, which is no protocol` }
  if (numberIn(port, 'targetPort') > 0) yield { at: `${at}.port.targetPort`, says: 'has no effect in a Sidecar' }
  // A listener without a number is one of a socket.
  if (bind !== '' && numberIn(port, 'number') !== 0 && !isAddress(bind))
    yield { at: `${at}.bind`, says: `is \`${bind}\`, which is no address` }
}

function* checkEgress(spec: Raw): Iterable<Complaint> {
  const taken = new Set<number | string>()
  const listeners = [...objectsIn(spec, 'egress', 'spec')]
  for (const [index, [listener, at]] of listeners.entries()) {
    if (has(listener, 'port')) yield* checkListener(listener, at, taken)
    else if (index < listeners.length - 1)
      yield { at, says: 'has no `port`: the listener for all other ports has to be the last one, and the only one' }
    yield* when(has(listener, 'hosts') && listIn(listener, 'hosts').length === 0, `${at}.hosts`, 'is empty')
    for (const [host, place] of textsIn(listener, 'hosts', at)) {
      const fault = faultOfImport(host)
      if (fault !== undefined) yield { at: place, says: `is \`${host}\`, which ${fault}` }
    }
  }
}

/** A listener of a port of its own, or of a socket of Unix, to which no traffic is redirected. */
function* checkListener(listener: Raw, at: string, taken: Set<number | string>): Iterable<Complaint> {
  const [number, bind] = [numberIn(objectIn(listener, 'port'), 'number'), textIn(listener, 'bind')]
  yield* checkPort(objectIn(listener, 'port'), bind, at)
  if (number !== 0) {
    yield* when(!isPort(number), `${at}.port.number`, `is ${number}, which is no port`)
    yield* when(taken.has(number), `${at}.port.number`, `is ${number}, as that of a listener before it`)
    return void taken.add(number)
  }
  if (bind.startsWith('unix://')) yield* checkSocket(bind, `${at}.bind`)
  else yield { at: `${at}.port`, says: 'has no `number`, and `bind` is no socket of Unix' }
  yield* when(
    textIn(listener, 'captureMode') === 'IPTABLES',
    `${at}.captureMode`,
    'is IPTABLES, which redirects nothing to a socket of Unix',
  )
  yield* when(bind !== '' && taken.has(bind), `${at}.bind`, `is \`${bind}\`, as that of a listener before it`)
  taken.add(bind)
}

/** `namespace/name`, of which either may be `*`. */
const faultOfImport = (text: string): string | undefined => {
  const slash = text.indexOf('/')
  if (slash < 0) return 'has no namespace: write `namespace/name`, or `*/name`'
  const [namespace, host] = [text.slice(0, slash), text.slice(slash + 1)]
  if (namespace === '' || host === '') return 'has an empty namespace or host'
  const bare = namespace.replace(/^~/, '')
  if (!['', '*', '.'].includes(bare) && !isLabel(bare)) return `is of \`${namespace}\`, which is no namespace`
  if (host !== '*' && !host.includes('.')) return 'is a short name: write the whole name'
  return faultOfHost(host) ?? (isPartialWildcard(host) ? 'has a `*` that is no whole label' : undefined)
}
