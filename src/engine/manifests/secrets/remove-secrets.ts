import type { Path } from '../parsing/pointer-trie.js'
import { isRecord } from '../raw-object.js'
import { reduceSecret } from './reduce-secret.js'
import { isHarmlessValue, isSecretDataKey, isSecretField, isSecretSetting } from './is-secret-field.js'
import { cleanText } from './clean-text.js'

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
  const clean = visit(walk, value, 'FIELDS')
  // The walk changes texts and leaves members out; it changes no shape that T could tell.
  return { value: clean as T, removed: walk.removed }
}

const visit = (walk: Walk, value: unknown, naming: Naming): unknown => {
  if (typeof value === 'string') return visitText(walk, value, naming)
  if (Array.isArray(value)) return visitItems(walk, value)
  return isRecord(value) ? visitObject(walk, value, naming) : value
}

const keyOf = (walk: Walk): string => {
  const key = walk.path.at(-1)
  return typeof key === 'string' ? key : ''
}

const isNamedSecret = (walk: Walk, naming: Naming): boolean =>
  naming === 'ENCRYPTED' || (naming === 'FIELDS' ? isSecretField(keyOf(walk)) : isSecretDataKey(keyOf(walk)))

const inArguments = (walk: Walk): boolean => {
  const list = walk.path.at(-2)
  return list === 'args' || list === 'command'
}

const visitText = (walk: Walk, text: string, naming: Naming): string => {
  const assignments = naming !== 'FIELDS' || inArguments(walk)
  const clean = isNamedSecret(walk, naming) && !isHarmlessValue(text) ? '' : cleanText(text, { assignments })
  if (clean !== text) walk.removed.push([...walk.path])
  return clean
}

const secretOption = /^--?[\w.-]*(?:password|passwd|passphrase|token|secret|key)$/i

const visitItems = (walk: Walk, items: readonly unknown[]): readonly unknown[] => {
  let copy: unknown[] | undefined
  items.forEach((item, index) => {
    walk.path.push(index)
    const before = items[index - 1]
    const follows =
      typeof item === 'string' && typeof before === 'string' && inArguments(walk) && (secretOption.test(before) || userOption.test(before))
    const clean = follows ? withoutOption(walk, before, item) : visit(walk, item, 'FIELDS')
    walk.path.pop()
    if (clean !== item) (copy ??= [...items])[index] = clean
  })
  return copy ?? items
}

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

const visitObject = (walk: Walk, value: Data, naming: Naming): Data => {
  if (isSecret(value)) {
    const reduced = reduceSecret(value, (path) => walk.removed.push([...walk.path, ...path]))
    return visitMembers(walk, reduced, (key) => (key === 'data' || key === 'stringData' || key === 'remoteClusters' ? undefined : 'FIELDS'))
  }
  if (typeof value.name === 'string' && typeof value.value === 'string' && isSecretSetting(value.name) && !isHarmlessValue(value.value)) {
    walk.removed.push([...walk.path, 'value'])
    return { ...value, value: '' }
  }
  const inConfigMap = value.kind === 'ConfigMap'
  return visitMembers(walk, value, (key) => namingOf(key, naming, inConfigMap))
}

const namingOf = (key: string, naming: Naming, inConfigMap: boolean): Naming => {
  if (naming !== 'FIELDS') return naming
  if (key === 'annotations' || (inConfigMap && key === 'data')) return 'DATA_KEYS'
  return key === 'encryptedData' || (inConfigMap && key === 'binaryData') ? 'ENCRYPTED' : 'FIELDS'
}

/** `namingOf` says how a member is named inside; undefined leaves it as it is. */
const visitMembers = (walk: Walk, value: Data, namingOfMember: (key: string) => Naming | undefined): Data => {
  const inAnnotations = keyOf(walk) === 'annotations'
  let copy: Record<string, unknown> | undefined
  for (const key of Object.keys(value)) {
    const member = value[key]
    if (inAnnotations && lastApplied.test(key)) {
      copy ??= { ...value }
      delete copy[key]
      continue
    }
    const naming = namingOfMember(key)
    if (naming === undefined || member === null || typeof member === 'number' || typeof member === 'boolean') continue
    walk.path.push(key)
    const clean = visit(walk, member, naming)
    walk.path.pop()
    if (clean !== member) put((copy ??= { ...value }), key, clean)
  }
  return copy ?? value
}

/** `__proto__` may be a key of a free map: it is set as a member, never as the prototype. */
const put = (into: Record<string, unknown>, key: string, value: unknown): void => {
  Object.defineProperty(into, key, { value, enumerable: true, configurable: true, writable: true })
}
