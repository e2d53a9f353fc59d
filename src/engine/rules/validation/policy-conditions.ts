import { trimCharacters } from '../../manifests/parsing/trim-characters.js'
import type { Raw } from '../../resources/reading.js'
import { type Complaint, listIn, textIn, textsIn, when } from './fields.js'
import { isBlock } from './names.js'

const ofIdentity = ['principals', 'namespaces', 'serviceAccounts', 'trustDomains', 'requestPrincipals'] as const
const ofPlace = ['ipBlocks', 'remoteIpBlocks'] as const
const ofRequest = ['hosts', 'ports', 'methods', 'paths'] as const

const not = (key: string): string => `not${key[0]?.toUpperCase()}${key.slice(1)}`
const bothOf = (keys: readonly string[]): readonly string[] => keys.flatMap((key) => [key, not(key)])

/** Callers that a rule is about. */
export function* checkSource(source: Raw, at: string, action: string): Iterable<Complaint> {
  const keys = bothOf([...ofIdentity, ...ofPlace])
  if (keys.every((key) => listIn(source, key).length === 0)) yield { at, says: 'says nothing of callers: leave it out for everybody' }
  yield* checkEmpty(source, keys, at)
  yield* checkForm(source, bothOf(ofPlace), at, isBlock, 'which is no address and no block of addresses')
  yield* checkForm(source, bothOf(['serviceAccounts']), at, isAccount, 'which is no `name` or `namespace/name` of a service account')
  yield* checkForm(source, bothOf(['trustDomains']), at, isDomain, 'in which a `*` stands elsewhere than at an end, or a `/`')
  const refused = action === 'CUSTOM' ? bothOf(ofIdentity).find((key) => listIn(source, key).length > 0) : undefined
  if (refused !== undefined) yield { at: `${at}.${refused}`, says: 'cannot be used with CUSTOM' }
}

const isAccount = (text: string): boolean => /^[^*/]+(\/[^*/]+)?$/.test(text)
const isDomain = (text: string): boolean => /^(\*?[^*/]+|[^*/]+\*|\*)$/.test(text)

/** Values that are not empty and yet not of their form. */
function* checkForm(
  from: Raw,
  keys: readonly string[],
  at: string,
  isOfForm: (text: string) => boolean,
  says: string,
): Iterable<Complaint> {
  for (const key of keys) {
    for (const [text, place] of textsIn(from, key, at)) yield* when(text !== '' && !isOfForm(text), place, `is \`${text}\`, ${says}`)
  }
}

function* checkEmpty(from: Raw, keys: readonly string[], at: string): Iterable<Complaint> {
  for (const key of keys) for (const [text, place] of textsIn(from, key, at)) if (text === '') yield { at: place, says: 'is empty' }
}

/** Requests that a rule is about. */
export function* checkOperation(operation: Raw, at: string): Iterable<Complaint> {
  const keys = bothOf(ofRequest)
  if (keys.every((key) => listIn(operation, key).length === 0)) yield { at, says: 'says nothing of requests: leave it out for all of them' }
  yield* checkEmpty(operation, keys, at)
  for (const key of bothOf(['ports'])) {
    for (const [text, place] of textsIn(operation, key, at))
      if (text !== '' && !isPortText(text)) yield { at: place, says: `is \`${text}\`, which is no number of a port` }
  }
  for (const key of bothOf(['paths'])) {
    for (const [text, place] of textsIn(operation, key, at)) {
      const fault = faultOfTemplate(text)
      if (fault !== undefined) yield { at: place, says: `is \`${text}\`, ${fault}` }
    }
  }
}

const isPortText = (text: string): boolean => /^\d{1,6}$/.test(text) && Number(text) <= 65535

/** `{*}` stands for one part of a path, `{**}` for all that are left. */
const faultOfTemplate = (path: string): string | undefined => {
  const parts = trimCharacters(path, '/').split('/')
  const isTemplate = path.includes('{*}') || path.includes('{**}')
  let ended = false
  for (const part of parts) {
    if (part === '{*}' || part === '{**}') {
      if (ended) return 'in which something follows `{**}`'
      ended = part === '{**}'
    } else if (/[{}]/.test(part)) return 'which has a brace that belongs to neither `{*}` nor `{**}`'
    else if (isTemplate && !/^[a-zA-Z0-9\-._~%!$&'()+,;:@=]+$/.test(part)) return `in which \`${part}\` is no part of a path`
  }
  return undefined
}

const replaced: Readonly<Record<string, string>> = {
  'destination.namespace': 'the policy’s own namespace says it',
  'destination.name': 'it went with an older API',
  'destination.user': 'it went with an older API',
}

const plainKeys = new Set([
  'source.ip',
  'remote.ip',
  'source.namespace',
  'source.serviceAccount',
  'source.principal',
  'source.trustDomain',
  'request.auth.principal',
  'request.auth.audiences',
  'request.auth.presenter',
  'destination.ip',
  'destination.port',
  'connection.sni',
])
const mapped = ['request.headers', 'request.auth.claims', 'experimental.envoy.filters.'] as const
const notWithCustom = ['source.namespace', 'source.serviceAccount', 'source.trustDomain', 'source.principal'] as const

/** A further condition: an attribute that there is, and values of its form. */
export function* checkCondition(condition: Raw, at: string, action: string): Iterable<Complaint> {
  const key = textIn(condition, 'key')
  if (key === '') return
  const values = [...textsIn(condition, 'values', at), ...textsIn(condition, 'notValues', at)]
  if (values.length === 0) return void (yield { at, says: `has neither \`values\` nor \`notValues\` for \`${key}\`` })
  const fault = faultOfKey(key)
  if (fault !== undefined) yield { at: `${at}.key`, says: `is \`${key}\`, ${fault}` }
  for (const [value, place] of values) {
    const wrong = value === '' ? 'is empty' : faultOfValue(key, value)
    if (wrong !== undefined) yield { at: place, says: wrong }
  }
  yield* when(action === 'CUSTOM' && isOfCaller(key), `${at}.key`, `is \`${key}\`, which cannot be used with CUSTOM`)
}

const isOfCaller = (key: string): boolean => notWithCustom.some((each) => each === key) || key.startsWith('request.auth.')

const ofAddresses = new Set(['source.ip', 'remote.ip', 'destination.ip'])

const faultOfValue = (key: string, value: string): string | undefined => {
  if (ofAddresses.has(key)) return isBlock(value) ? undefined : `is \`${value}\`, which is no address and no block of addresses`
  return key !== 'destination.port' || isPortText(value) ? undefined : `is \`${value}\`, which is no number of a port`
}

const faultOfKey = (key: string): string | undefined => {
  const prefix = mapped.find((each) => key.startsWith(each))
  if (prefix !== undefined) return /^[^[]+\[[^]+\]$/.test(key) ? undefined : 'which is to be written as `name[key]`'
  if (key.startsWith('destination.labels')) return 'which is no attribute: the policy’s selector says it'
  if (Object.hasOwn(replaced, key)) return `which is no attribute any more: ${replaced[key]}`
  return plainKeys.has(key) ? undefined : 'which is no attribute: such a rule would match nothing'
}
