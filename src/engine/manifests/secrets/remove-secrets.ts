import type { Path } from '../parsing/pointer-trie.js'
import { isRecord } from '../raw-object.js'
import { reduceSecret } from './reduce-secret.js'
import { isHarmlessValue, isSecretDataKey, isSecretField, isSecretSetting } from './is-secret-field.js'
import { cleanText, shortestSecret } from './clean-text.js'

type Data = Readonly<Record<string, unknown>>

export interface WithoutSecrets<T> {
  readonly value: T
  /** Where something was removed. */
  readonly removed: readonly Path[]
}

/** Walk over one object; `path` is where it is. Copies only what it changes: an aliased part may be shared. */
interface Walk {
  readonly path: (string | number)[]
  readonly removed: Path[]
}

/** How the members of a map are named: fields of a model, or keys that users choose. */
type Naming = 'FIELDS' | 'DATA_KEYS' | 'ENCRYPTED'

const lastApplied = /(?:^|[/.-])last-applied(?:-configuration)?$/

/**
 * The value without anything that must not be stored (G7): values of Secrets, wherever one stands; private keys, tokens,
 * kubeconfigs and credentials in any text; literal values of what is named like a secret; last-applied copies.
 */
export const removeSecrets = <T>(value: T): WithoutSecrets<T> => {
  const walk: Walk = { path: [], removed: [] }
  const clean = visit(walk, value, 'FIELDS', '')
  // The walk changes texts and leaves members out; it changes no shape that T could tell.
  return { value: clean as T, removed: walk.removed }
}

const visit = (walk: Walk, value: unknown, naming: Naming, key: string): unknown => {
  if (typeof value === 'string') return visitText(walk, value, naming, key)
  if (Array.isArray(value)) return visitItems(walk, value)
  return isRecord(value) ? visitObject(walk, value, naming, key) : value
}

const isNamedSecret = (key: string, naming: Naming): boolean =>
  naming === 'FIELDS' ? isSecretField(key) : naming === 'ENCRYPTED' || isSecretDataKey(key)

const inArguments = ({ path }: Walk): boolean => {
  const list = path[path.length - 2]
  return list === 'args' || list === 'command'
}

const visitText = (walk: Walk, text: string, naming: Naming, key: string): string => {
  const isNamed = isNamedSecret(key, naming)
  if (!isNamed && text.length < shortestSecret) return text
  const clean = isNamed && !isHarmlessValue(text) ? '' : cleanText(text, naming !== 'FIELDS' || inArguments(walk))
  if (clean !== text) walk.removed.push([...walk.path])
  return clean
}

const secretOption = /^--?[\w.-]*(?:password|passwd|passphrase|token|secret|key)$/i

const visitItems = (walk: Walk, items: readonly unknown[]): readonly unknown[] => {
  let copy: unknown[] | undefined
  for (let index = 0; index < items.length; index++) {
    const item = items[index]
    if (typeof item === 'number') continue
    walk.path.push(index)
    const option = typeof item === 'string' ? optionBefore(walk, items[index - 1]) : undefined
    const clean = option === undefined ? visit(walk, item, 'FIELDS', '') : withoutOption(walk, option, item as string)
    walk.path.pop()
    if (clean !== item) (copy ??= [...items])[index] = clean
  }
  return copy ?? items
}

/** The argument before, where it is an option whose value is, or may hold, a secret. */
const optionBefore = (walk: Walk, before: unknown): string | undefined =>
  typeof before === 'string' && inArguments(walk) && (secretOption.test(before) || userOption.test(before)) ? before : undefined

const userOption = /^(?:-u|--user)$/

/** The value of an option that takes a secret, or a user with one. */
const withoutOption = (walk: Walk, option: string, value: string): string => {
  if (userOption.test(option)) return withoutPassword(walk, value)
  if (isHarmlessValue(value) || value.startsWith('-')) return value
  walk.removed.push([...walk.path])
  return ''
}

/** `name:password` without the password; two numbers are a user and a group. */
const withoutPassword = (walk: Walk, value: string): string => {
  const [, user] = /^([^:]{1,100}:)(?!\d+$)[\s\S]+$/.exec(value) ?? []
  if (user === undefined) return value
  walk.removed.push([...walk.path])
  return user
}

const isSecret = (value: Data): boolean =>
  typeof value.kind === 'string' && value.kind.toLowerCase() === 'secret' && typeof value.apiVersion === 'string'

const visitObject = (walk: Walk, value: Data, naming: Naming, name: string): Data => {
  if (isSecret(value)) {
    const reduced = reduceSecret(value, (path) => walk.removed.push([...walk.path, ...path]))
    return visitMembers(walk, reduced, name, namingInSecret)
  }
  if (typeof value.name === 'string' && typeof value.value === 'string' && isSecretSetting(value.name) && !isHarmlessValue(value.value)) {
    walk.removed.push([...walk.path, 'value'])
    return { ...value, value: '' }
  }
  return visitMembers(walk, value, name, value.kind === 'ConfigMap' ? namingInConfigMap : namingIn[naming])
}

/** How a member is named inside; undefined leaves it as it is. */
type NamingOf = (key: string) => Naming | undefined

const namingInFields: NamingOf = (key) => (key === 'annotations' ? 'DATA_KEYS' : key === 'encryptedData' ? 'ENCRYPTED' : 'FIELDS')
const namingIn: Readonly<Record<Naming, NamingOf>> = {
  FIELDS: namingInFields,
  DATA_KEYS: () => 'DATA_KEYS',
  ENCRYPTED: () => 'ENCRYPTED',
}
const namingInConfigMap: NamingOf = (key) => (key === 'data' ? 'DATA_KEYS' : key === 'binaryData' ? 'ENCRYPTED' : namingInFields(key))
const namingInSecret: NamingOf = (key) => (key === 'data' || key === 'stringData' || key === 'remoteClusters' ? undefined : 'FIELDS')

/** `name` is the key that the value itself stands under, '' in a list. */
const visitMembers = (walk: Walk, value: Data, name: string, namingOf: NamingOf): Data => {
  const inAnnotations = name === 'annotations'
  let copy: Record<string, unknown> | undefined
  for (const key in value) {
    const member = value[key]
    if (inAnnotations && lastApplied.test(key)) {
      copy ??= { ...value }
      delete copy[key]
      continue
    }
    if (member === null || typeof member === 'number' || typeof member === 'boolean') continue
    const naming = namingOf(key)
    if (naming === undefined) continue
    walk.path.push(key)
    const clean = visit(walk, member, naming, key)
    walk.path.pop()
    if (clean !== member) put((copy ??= { ...value }), key, clean)
  }
  return copy ?? value
}

/** `__proto__` may be a key of a free map: it is set as a member, never as the prototype. */
const put = (into: Record<string, unknown>, key: string, value: unknown): void => {
  Object.defineProperty(into, key, { value, enumerable: true, configurable: true, writable: true })
}
