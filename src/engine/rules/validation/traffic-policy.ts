import type { Raw } from '../../resources/reading.js'
import { checkClientTls } from './client-tls.js'
import { checkDuration } from './duration.js'
import { type Complaint, has, listIn, numberIn, objectIn, objectsIn, textIn } from './fields.js'
import { checkLocality } from './locality.js'
import { faultOfName, isAddress, isPort } from './names.js'

const parts = ['outlierDetection', 'connectionPool', 'loadBalancer', 'tls', 'portLevelSettings', 'tunnel', 'proxyProtocol', 'retryBudget']

/** What is done with traffic to a host, a subset or a port. */
export function* checkTrafficPolicy(policy: Raw, at: string): Iterable<Complaint> {
  if (!parts.some((key) => (key === 'portLevelSettings' ? listIn(policy, key).length > 0 : has(policy, key))))
    yield { at, says: 'is empty' }
  if (has(policy, 'tunnel') && has(policy, 'proxyProtocol')) yield { at, says: 'sets both `tunnel` and `proxyProtocol`' }
  yield* checkParts(policy, at)
  for (const [port, place] of objectsIn(policy, 'portLevelSettings', at)) {
    if (!has(port, 'port')) yield { at: place, says: 'names no `port`' }
    if (!parts.slice(0, 4).some((key) => has(port, key))) yield { at: place, says: 'sets nothing for its port' }
    yield* checkParts(port, place)
  }
  if (has(policy, 'tunnel')) yield* checkTunnel(objectIn(policy, 'tunnel'), `${at}.tunnel`)
}

/** What a policy and its settings of a port have in common. */
function* checkParts(policy: Raw, at: string): Iterable<Complaint> {
  if (has(policy, 'outlierDetection')) yield* checkOutliers(objectIn(policy, 'outlierDetection'), `${at}.outlierDetection`)
  if (has(policy, 'connectionPool')) yield* checkConnectionPool(objectIn(policy, 'connectionPool'), `${at}.connectionPool`)
  if (has(policy, 'loadBalancer')) {
    const balancer = objectIn(policy, 'loadBalancer')
    yield* checkHash(objectIn(balancer, 'consistentHash'), `${at}.loadBalancer.consistentHash`)
    yield* checkDuration(objectIn(balancer, 'warmup'), 'duration', `${at}.loadBalancer.warmup`)
    yield* checkLocality(objectIn(balancer, 'localityLbSetting'), `${at}.loadBalancer.localityLbSetting`, has(policy, 'outlierDetection'))
  }
  if (has(policy, 'tls')) yield* checkClientTls(objectIn(policy, 'tls'), `${at}.tls`)
}

function* checkOutliers(outliers: Raw, at: string): Iterable<Complaint> {
  const local = numberIn(outliers, 'consecutiveLocalOriginFailures')
  if (local > 0 && outliers['splitExternalLocalOriginErrors'] !== true) {
    yield {
      at: `${at}.consecutiveLocalOriginFailures`,
      says: 'is set, but `splitExternalLocalOriginErrors` is not: failures of this side are not told apart',
    }
  }
  for (const key of ['interval', 'baseEjectionTime']) yield* checkDuration(outliers, key, at)
  for (const key of ['maxEjectionPercent', 'minHealthPercent'] as const) {
    const value = numberIn(outliers, key)
    if (value < 0 || value > 100) yield { at: `${at}.${key}`, says: `is ${value}, which is no share from 0 to 100` }
  }
  if (numberIn(outliers, 'consecutiveErrors') !== 0) {
    yield { at: `${at}.consecutiveErrors`, says: 'is deprecated: write `consecutiveGatewayErrors` or `consecutive5xxErrors`', warns: true }
  }
}

export function* checkConnectionPool(pool: Raw, at: string): Iterable<Complaint> {
  if (!has(pool, 'http') && !has(pool, 'tcp')) yield { at, says: 'is empty' }
  const http = objectIn(pool, 'http')
  for (const key of [
    'http1MaxPendingRequests',
    'http2MaxRequests',
    'maxRequestsPerConnection',
    'maxRetries',
    'maxConcurrentStreams',
  ] as const) {
    if (numberIn(http, key) < 0) yield { at: `${at}.http.${key}`, says: 'is less than 0' }
  }
  if (textIn(http, 'h2UpgradePolicy') === 'UPGRADE' && http['useClientProtocol'] === true) {
    yield { at: `${at}.http.useClientProtocol`, says: 'contradicts `h2UpgradePolicy: UPGRADE`' }
  }
  yield* checkDuration(http, 'idleTimeout', `${at}.http`)
  yield* checkConnections(objectIn(pool, 'tcp'), `${at}.tcp`)
}

function* checkConnections(tcp: Raw, at: string): Iterable<Complaint> {
  if (numberIn(tcp, 'maxConnections') < 0) yield { at: `${at}.maxConnections`, says: 'is less than 0' }
  for (const key of ['connectTimeout', 'maxConnectionDuration', 'idleTimeout']) yield* checkDuration(tcp, key, at)
  for (const key of ['time', 'interval']) yield* checkDuration(objectIn(tcp, 'tcpKeepalive'), key, `${at}.tcpKeepalive`)
}

const isPrime = (number: number): boolean => {
  if (number < 4) return number > 0
  for (let factor = 2; factor * factor <= number; factor += 1) if (number % factor === 0) return false
  return true
}

function* checkHash(hash: Raw, at: string): Iterable<Complaint> {
  const size = numberIn(hash, 'minimumRingSize')
  if (size !== 0) {
    if (has(hash, 'ringHash') || has(hash, 'maglev'))
      yield { at: `${at}.minimumRingSize`, says: 'stands beside `ringHash` or `maglev`: write one of them' }
    else yield { at: `${at}.minimumRingSize`, says: 'is deprecated: write `ringHash.minimumRingSize`', warns: true }
  }
  if (has(hash, 'httpCookie') && textIn(objectIn(hash, 'httpCookie'), 'name') === '')
    yield { at: `${at}.httpCookie`, says: 'has no `name`' }
  yield* checkAttributes(objectIn(hash, 'httpCookie'), `${at}.httpCookie`)
  if (!has(hash, 'maglev')) return
  const table = numberIn(objectIn(hash, 'maglev'), 'tableSize')
  if (table >= 5_000_011 || !isPrime(table)) yield { at: `${at}.maglev.tableSize`, says: `is ${table}, which is no prime below 5000011` }
}

/** Attributes of a cookie: each has a name of its own. */
function* checkAttributes(cookie: Raw, at: string): Iterable<Complaint> {
  const names = new Set<string>()
  for (const [attribute, place] of objectsIn(cookie, 'attributes', at)) {
    const name = textIn(attribute, 'name')
    if (name === '') yield { at: `${place}.name`, says: 'is empty: an attribute of a cookie has a name' }
    else if (names.has(name)) yield { at: `${place}.name`, says: `is \`${name}\`, as that of an attribute before it` }
    names.add(name)
  }
}

function* checkTunnel(tunnel: Raw, at: string): Iterable<Complaint> {
  const protocol = textIn(tunnel, 'protocol')
  if (!['', 'CONNECT', 'POST'].includes(protocol))
    yield { at: `${at}.protocol`, says: `is \`${protocol}\`, which is neither \`CONNECT\` nor \`POST\`` }
  const host = textIn(tunnel, 'targetHost')
  const fault = isAddress(host) ? undefined : faultOfName(host)
  if (fault !== undefined) yield { at: `${at}.targetHost`, says: `is \`${host}\`, which ${fault}` }
  if (!isPort(numberIn(tunnel, 'targetPort'))) yield { at: `${at}.targetPort`, says: 'is no port' }
}
