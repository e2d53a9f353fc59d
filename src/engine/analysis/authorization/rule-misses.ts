/**
 * In which fields does a request miss a rule of an authorization policy?
 *
 * Of the entries of `from` and `to` the nearest counts: the one that misses in the fewest fields. What the question leaves open is no miss. Rules
 * AUTHZ-7, AUTHZ-10 … AUTHZ-24.
 */
import { flatMap } from '../../flat-map.js'
import { pause } from '../../pause.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import { listSome } from '../answer/list-some.js'
import { findHeader } from '../call/call.js'
import type { AuthorizationPolicy, PolicyRule, PolicySource } from '../../resources/istio/authorization-policy.js'
import type { TokenState } from './token-state.js'
import { fieldMatcher } from './match-rule.js'
import type { Field, RuleFields } from './policy-reader.js'
import type { PolicyRequest } from './policy-request.js'

/** A field that keeps a rule from a request. */
export interface FieldMiss {
  /** In the policy. */
  readonly path: string
  /** `principal `a``, as something that is asked for. */
  readonly wants: string
  /** Of what the request has instead: `this is a `POST``. */
  readonly has: string | undefined
  /** The objects that it has it from. */
  readonly because?: readonly ResourceRef[]
}

/** A rule and what keeps it from the request; put into words for the few that are told of. */
export interface RuleMiss {
  readonly policy: AuthorizationPolicy
  readonly rule: number
  readonly misses: readonly TellMiss[]
}

type TellMiss = () => FieldMiss

const keys: Readonly<Record<string, string>> = {
  principal: 'principals',
  'request principal': 'requestPrincipals',
  namespace: 'namespaces',
  'service account': 'serviceAccounts',
  'trust domain': 'trustDomains',
  'source IP': 'ipBlocks',
  'remote IP': 'remoteIpBlocks',
  host: 'hosts',
  port: 'ports',
  method: 'methods',
  path: 'paths',
}

const seenAs = ({ seen }: PolicyRequest): string => seen

function tokenInstead(token: TokenState): string {
  if (token.kind === 'OPEN') return `tokens are taken of ${listSome(token.issuers, 'and')} alone`
  const keeper = keeperOf(token)
  return keeper === undefined
    ? 'the request brings no token that is read'
    : `\`${keeper.proxy}\` has read the token, and does not hand it on`
}

const keeperOf = (token: TokenState) => (token.kind === 'NONE' ? token.keptBy : undefined)

/** What the request has where a field asks for something else. */
const had: Readonly<Record<string, (request: PolicyRequest) => string | undefined>> = {
  principal: seenAs,
  namespace: seenAs,
  'service account': seenAs,
  'trust domain': seenAs,
  'request principal': ({ token }) => (token.kind === 'TAKEN' ? 'the token names another' : tokenInstead(token)),
  'source IP': ({ sourceAddresses: [address] }) => (address === undefined ? undefined : `the call comes from \`${address}\``),
  'remote IP': ({ sourceAddresses: [address] }) => (address === undefined ? undefined : `the call comes from \`${address}\``),
  'destination IP': ({ destinationAddresses: [address] }) => (address === undefined ? undefined : `the call is to \`${address}\``),
  host: ({ authorities: [host] }) => (host === undefined ? undefined : `this is for \`${host}\``),
  port: ({ port }) => `the call is to port \`${port}\``,
  method: ({ method }) => (method === undefined ? undefined : `this is a \`${method}\``),
  path: ({ path }) => (path === undefined ? undefined : `this is \`${path}\``),
  sni: ({ sni }) => (sni === undefined ? undefined : sni === '' ? 'there is no server name' : `the server name is \`${sni}\``),
}

const claimField = 'request.auth'
const ofToken = (on: string): boolean => on === 'request principal' || on.startsWith(claimField)

function hasInstead(on: string, request: PolicyRequest): string | undefined {
  if (on.startsWith('header ')) {
    const value = findHeader(request.headers, on.slice('header '.length))
    return value === undefined ? 'the request has none' : `this is \`${value}\``
  }
  if (on.startsWith(claimField)) return request.token.kind === 'TAKEN' ? 'the token says otherwise' : tokenInstead(request.token)
  return had[on]?.(request)
}

/** The values as they are written, and that the control plane reads others, where it puts its own trust domain into them (AUTHZ-15). */
function replaced(written: readonly string[], { attribute, values }: Field): string {
  if (attribute.on !== 'principal' || written.every((value) => values.includes(value))) return ''
  return `, written ${listSome(written)}, whose trust domain the server’s own replaces`
}

/** Two long names that differ in their beginning alone. */
function ofOtherDomain(on: string, values: readonly string[], { peer }: PolicyRequest): string | undefined {
  if (on !== 'principal' || peer === undefined) return undefined
  const account = `/ns/${peer.namespace}/sa/${peer.serviceAccount}`
  const isAlike = values.some(
    (value) => value.endsWith(account) && !value.slice(0, -account.length).includes('/') && !value.startsWith('*'),
  )
  return isAlike ? `the caller is this account in its mesh’s trust domain, \`${peer.trustDomain}\`` : undefined
}

const ofIdentity: ReadonlySet<string> = new Set(['principal', 'namespace', 'service account'])

/** What there is instead, and who says so. */
function hadInstead(on: string, values: readonly string[], request: PolicyRequest): Pick<FieldMiss, 'has' | 'because'> {
  const other = ofOtherDomain(on, values, request)
  if (other !== undefined || on === 'trust domain')
    return { has: other ?? hasInstead(on, request), because: request.identity().trustDomain }
  const keeper = ofToken(on) ? keeperOf(request.token) : undefined
  return {
    has: hasInstead(on, request),
    because: ofIdentity.has(on) ? request.identity().account : keeper === undefined ? [] : [keeper.ref],
  }
}

type Asked = 'from' | 'to'

/** Tells the miss of one field. */
function tellField(field: Field, request: PolicyRequest, place: string, written: readonly string[]): FieldMiss {
  const { attribute, values, notValues } = field
  const key = keys[attribute.on] ?? attribute.on
  const isUnseen = attribute.http && request.chain !== 'HTTP'
  if (isUnseen) {
    const seer = request.chain === 'ZTUNNEL' ? 'ztunnel sees no HTTP' : `port \`${request.port}\` is taken for TCP, where no HTTP is seen`
    return { path: `${place}.${key}`, wants: `a ${attribute.on}`, has: seer }
  }
  if (field.pruned && values.length + notValues.length === 0)
    return { path: `${place}.${key}`, wants: `a ${attribute.on} that cannot be`, has: undefined }
  const isKeptOut = values.length === 0
  const wants = isKeptOut
    ? `${attribute.on} other than ${listSome(notValues, 'or')}`
    : `${attribute.on} ${listSome(values, 'or')}${replaced(written, field)}`
  return {
    path: `${place}.${isKeptOut ? `not${key.charAt(0).toUpperCase()}${key.slice(1)}` : key}`,
    wants,
    ...hadInstead(attribute.on, values, request),
  }
}

/** Of each rule of the policies that the request surely misses, in what; the nearest first. */
export function ruleMisses(
  policies: readonly AuthorizationPolicy[],
  fieldsOf: (rule: PolicyRule) => RuleFields,
  request: PolicyRequest,
): readonly RuleMiss[] {
  const found = flatMap(policies, (policy) =>
    policy.rules
      .slice(0, mostRules)
      .map((rule, position) => ({ policy, rule: position, misses: missesOf(policy, rule, position, fieldsOf(rule), request) })),
  )
  return found.filter(({ misses }) => misses.length > 0).sort(byNearness)
}

/** Rules beyond are not looked at: nobody would be told of them. */
const mostRules = 100

const byNearness = (a: RuleMiss, b: RuleMiss): number =>
  a.misses.length - b.misses.length || compare(nameOf(a), nameOf(b)) || a.rule - b.rule

const nameOf = ({ policy: { meta } }: RuleMiss): string => `${meta.namespace}/${meta.name}`

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function missesOf(
  policy: AuthorizationPolicy,
  rule: PolicyRule,
  position: number,
  { from, to, when }: RuleFields,
  request: PolicyRequest,
): readonly TellMiss[] {
  const matchField = fieldMatcher(policy, request)
  const misses = (field: Field): boolean => {
    pause()
    const matched = matchField(field)
    return matched === undefined || matched.value === 'NO'
  }
  const nearest = (entries: readonly (readonly Field[])[], part: Asked, inner: string): readonly TellMiss[] => {
    const told = entries.map((fields, index) =>
      fields.filter(misses).map(
        (field): TellMiss =>
          () =>
            tellField(field, request, `spec.rules[${position}].${part}[${index}].${inner}`, writtenIn(rule.from[index], part)),
      ),
    )
    return told.sort((a, b) => a.length - b.length)[0] ?? []
  }
  const asked = flatMap(when, (fields, index): readonly TellMiss[] => {
    const path = `spec.rules[${position}].when[${index}]`
    if (fields !== undefined) return fields.filter(misses).map((field) => () => ({ ...tellField(field, request, '', []), path }))
    const wants = `\`${rule.when[index]?.key ?? ''}\`, which is no attribute`
    return [() => ({ path: `${path}.key`, wants, has: undefined })]
  })
  return [...nearest(from, 'from', 'source'), ...nearest(to, 'to', 'operation'), ...asked]
}

const writtenIn = (source: PolicySource | undefined, part: Asked): readonly string[] => (part === 'from' ? (source?.principals ?? []) : [])

const mostFields = 2

/** Who says what the request has instead, of the fields that are told. */
export const refsOfMisses = (misses: readonly TellMiss[]): readonly ResourceRef[] =>
  misses.slice(0, mostFields).flatMap((tell) => tell().because ?? [])

/** `principal `a` (the server sees `b`)`, for the first fields of those that miss. */
export function tellMisses(misses: readonly TellMiss[]): string {
  const shown = misses.slice(0, mostFields).map((tell) => {
    const { wants, has } = tell()
    return has === undefined ? wants : `${wants} (${has})`
  })
  const rest = misses.length - shown.length
  return `${shown.join(' and ')}${rest > 0 ? `, and ${rest} more` : ''}`
}
