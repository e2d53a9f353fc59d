/**
 * How each attribute that an authorization policy may name is matched against a request.
 *
 * An attribute that the question leaves open is UNKNOWN; one that cannot be there (an identity without mutual TLS, a token that nothing reads) never
 * matches, so its negation always does. Rules AUTHZ-10 … AUTHZ-14, AUTHZ-18 … AUTHZ-22.
 */
import { isRemovedValue, ofRemovedValue } from '../../manifests/secrets/removed-value.js'
import { blockTakes, isBlock } from './block-takes.js'
import type { PolicyRequest } from './policy-request.js'
import { findHeader } from '../call/call.js'
import { decided, maybe, no, type Ternary, yes } from './ternary.js'
import { matchesClaim, matchesRequestPrincipal, mayBePrincipal, mayHaveClaim } from './matches-claim.js'
import { matchesPath, matchesText, matchesWildcards } from './matches-text.js'

export interface Attribute {
  /** Name for people, and of the condition. */
  readonly on: string
  /** Only an HTTP chain can see it (AUTHZ-24). */
  readonly http: boolean
  readonly isValid: (value: string) => boolean
  /** Has the request surely none, whatever a policy asks for? Absent: there is always one. */
  readonly isMissing?: (request: PolicyRequest) => boolean
  readonly match: (value: string, request: PolicyRequest, policyNamespace: string) => Ternary
  /** Do the values together take in every request, whatever it has? Absent: they are tested one by one. */
  readonly takesAll?: (values: readonly string[]) => boolean
}

const any = (): boolean => true
const isPort = (value: string): boolean => /^\d{1,5}$/u.test(value) && Number(value) <= 65_535

/** The same test on every value that may have been sent: open where they differ, or where none is known. */
function overAll(on: string, test: string, values: readonly string[], matches: (value: string) => boolean): Ternary {
  const hits = values.filter(matches).length
  return values.length === 0 || (hits > 0 && hits < values.length) ? maybe(on, test) : decided(hits > 0)
}

const identity = (
  on: string,
  matches: (peer: NonNullable<PolicyRequest['peer']>, value: string, namespace: string) => boolean,
): Attribute => ({
  on,
  http: false,
  isValid: any,
  isMissing: ({ peer }) => peer === undefined,
  match: (value, { peer }, namespace) => (peer === undefined ? no : decided(matches(peer, value, namespace))),
})

const principal = identity('principal', (peer, value) =>
  matchesText(value, `${peer.trustDomain}/ns/${peer.namespace}/sa/${peer.serviceAccount}`),
)
const namespace = identity('namespace', (peer, value) => matchesWildcards(value, peer.namespace))
const trustDomain = identity('trust domain', (peer, value) => matchesText(value, peer.trustDomain))
const serviceAccount = identity('service account', (peer, value, own) =>
  value.includes('/') ? value === `${peer.namespace}/${peer.serviceAccount}` : peer.namespace === own && value === peer.serviceAccount,
)

/** Open where only a part of the addresses that it may be lies in the block, or none is known. */
function takesAddress(on: string, block: string, candidates: readonly string[]): Ternary {
  const taken = new Set(candidates.map((candidate) => blockTakes(block, candidate)))
  if (taken.size === 1 && !taken.has('SOME')) return decided(taken.has('ALL'))
  return maybe(on, `${on} in \`${block}\``)
}

/** Every address is of one of the two families. */
const takesBothFamilies = (blocks: readonly string[]): boolean =>
  ['0.0.0.0/0', '::/0'].every((family) => blocks.some((block) => blockTakes(block, family) === 'ALL'))

const addresses = (on: string, of: (request: PolicyRequest) => readonly string[]): Attribute => ({
  on,
  http: false,
  isValid: isBlock,
  match: (value, request) => takesAddress(on, value, of(request)),
  takesAll: takesBothFamilies,
})

const sourceIp = addresses('source IP', (request) => request.sourceAddresses)
const destinationIp = addresses('destination IP', (request) => request.destinationAddresses)

/** On an HTTP chain the last element of X-Forwarded-For when the header is there, and any client may set it (AUTHZ-18). */
const remoteIp: Attribute = {
  on: 'remote IP',
  http: false,
  isValid: isBlock,
  takesAll: takesBothFamilies,
  match: (value, request, own) => {
    const forwarded = request.headers['x-forwarded-for']
    if (request.chain !== 'HTTP' || request.absentHeaders.has('x-forwarded-for')) return sourceIp.match(value, request, own)
    if (forwarded === undefined) return maybe('header x-forwarded-for', `remote IP in \`${value}\``)
    return decided(blockTakes(value, forwarded.split(',').at(-1)?.trim() ?? '') === 'ALL')
  },
}

const port: Attribute = { on: 'port', http: false, isValid: isPort, match: (value, request) => decided(Number(value) === request.port) }

const text = (
  on: string,
  of: (request: PolicyRequest) => string | undefined,
  matches: (pattern: string, value: string) => boolean,
): Attribute => ({
  on,
  http: true,
  isValid: any,
  match: (value, request) => {
    const found = of(request)
    return found === undefined ? maybe(on, `${on} \`${value}\``) : decided(matches(value, found))
  },
})

/** What no request is without: where the question leaves it open, a pattern that every value matches holds all the same (AUTHZ-20). */
const inherent = (attribute: Attribute, known: (request: PolicyRequest) => unknown, always: ReadonlySet<string>): Attribute => ({
  ...attribute,
  match: (value, request, own) => (known(request) === undefined && always.has(value) ? yes : attribute.match(value, request, own)),
})

const method = inherent(
  text('method', (request) => request.method, matchesText),
  (request) => request.method,
  new Set(['*']),
)
const path = inherent(
  text('path', (request) => request.path, matchesPath),
  (request) => request.path,
  new Set(['*', '/*', '/{**}']),
)
const host: Attribute = {
  on: 'host',
  http: true,
  isValid: any,
  match: (value, { authorities }) =>
    value === '*'
      ? yes
      : overAll('host', `host \`${value}\``, authorities, (authority) => matchesText(value.toLowerCase(), authority.toLowerCase())),
}

/** The authority as it is written: policies that name it as a header are particular about its case (AUTHZ-20, AUTHZ-22). */
const authority: Attribute = {
  ...host,
  match: (value, { authorities }) =>
    value === '*' ? yes : overAll('host', `host \`${value}\``, authorities, (one) => matchesText(value, one)),
}

/** The path with its query, which policies see where they name it as a header, and no templates (AUTHZ-20, AUTHZ-22). */
const target = inherent(
  text(
    'path',
    (request) => request.path,
    (pattern, value) => matchesText(pattern, value.split('#', 1)[0] ?? ''),
  ),
  (request) => request.path,
  new Set(['*', '/*']),
)

/** Proxies let no other schemes in, and which it is depends on how the request first came to one of them. */
const scheme: Attribute = {
  on: 'scheme',
  http: true,
  isValid: any,
  match: (value) => overAll('scheme', `scheme \`${value}\``, ['http', 'https'], (one) => matchesText(value, one)),
}

/** What every request has, by the names of headers: HTTP carries the authority as `Host` as well. */
const parts: Readonly<Record<string, Attribute>> = {
  ':authority': authority,
  host: authority,
  ':method': method,
  ':path': target,
  ':scheme': scheme,
}

/**
 * A header that the request has not never matches, so that its negation always does; `*` is any that is there, an empty one too. Of several entries one is
 * enough (AUTHZ-22).
 */
const header = (name: string): Attribute => {
  const matches = (pattern: string, value: string): boolean => pattern === '*' || matchesText(pattern, value)
  const given = text(`header ${name}`, ({ headers }) => findHeader(headers, name), matches)
  const isMissing = ({ absentHeaders }: PolicyRequest): boolean => absentHeaders.has(name)
  return {
    ...given,
    isMissing,
    match: (value, request, own) => {
      const entries = request.apart?.get(name)
      if (isMissing(request) || entries === undefined) return isMissing(request) ? no : given.match(value, request, own)
      if (entries.values.some((one) => matches(value, one))) return yes
      return entries.areAll ? no : maybe(given.on, `${given.on} \`${value}\``)
    },
  }
}

const token = (
  on: string,
  matches: (pattern: string, claims: Readonly<Record<string, unknown>>) => boolean,
  mayMatch: (pattern: string, issuers: readonly string[]) => boolean,
): Attribute => ({
  on,
  http: true,
  isValid: any,
  isMissing: (request) => request.token.kind !== 'OPEN' && request.token.kind !== 'TAKEN',
  match: (value, request) => {
    if (request.token.kind === 'OPEN') return mayMatch(value, request.token.issuers) ? maybe('token', `${on} \`${value}\``) : no
    return request.token.kind === 'TAKEN' ? decided(matches(value, request.token.claims)) : no
  },
})

/** A proxy's mutual TLS names the cluster that it calls; plaintext has no server name (AUTHZ-22, TLS-9). */
const sni: Attribute = {
  on: 'sni',
  http: false,
  isValid: any,
  match: (value, request) => (request.sni === undefined ? maybe('sni', `sni \`${value}\``) : decided(matchesText(value, request.sni))),
}

const open = (on: string): Attribute => ({ on, http: false, isValid: any, match: (value) => maybe(on, `${on} \`${value}\``) })

/** Does the request have the value that the policy asks for? One that was taken out as a secret is not known, unless the request has none at all. */
export function matchAttribute(attribute: Attribute, value: string, request: PolicyRequest, policyNamespace: string): Ternary {
  if (!isRemovedValue(value)) return attribute.match(value, request, policyNamespace)
  return attribute.isMissing?.(request) === true ? no : maybe(attribute.on, `${attribute.on} ${ofRemovedValue}`)
}

export const attributes = {
  principal,
  namespace,
  trustDomain,
  serviceAccount,
  sourceIp,
  remoteIp,
  port,
  host,
  method,
  path,
  requestPrincipal: token('request principal', matchesRequestPrincipal, mayBePrincipal),
} as const

const byKey: Readonly<Record<string, Attribute>> = {
  'source.ip': sourceIp,
  'remote.ip': remoteIp,
  'source.namespace': namespace,
  'source.principal': principal,
  'source.serviceAccount': serviceAccount,
  'source.trustDomain': trustDomain,
  'destination.ip': destinationIp,
  'destination.port': port,
  'connection.sni': sni,
}

const headerNamed = (name: string): Attribute => (Object.hasOwn(parts, name) ? (parts[name] as Attribute) : header(name))

/** The attribute of a `when` key; undefined: Istio knows no such key and skips the rule (AUTHZ-7, AUTHZ-22). */
export function attributeOf(key: string): Attribute | undefined {
  const name = /^request\.headers\[(.+)\]$/u.exec(key)?.[1]
  if (name !== undefined) return headerNamed(name.toLowerCase())
  if (key.startsWith('request.auth.')) {
    return token(
      key,
      (pattern, claims) => matchesClaim(key, pattern, claims),
      (pattern, issuers) => mayHaveClaim(key, pattern, issuers),
    )
  }
  if (key.startsWith('experimental.envoy.filters.')) return open(key)
  return Object.hasOwn(byKey, key) ? byKey[key] : undefined
}
