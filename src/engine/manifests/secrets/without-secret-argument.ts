import { takesPassword, withoutOwnPassword } from './clean-commands.js'
import { isHarmlessValue, isSecretValue } from './is-harmless-value.js'
import { suspicionOf } from './suspicion-of.js'

const userOption = /^(?:-u|--user|--proxy-user)$/
const named = /^--?[A-Za-z][\w.-]{1,100}$/

/** `name:password` without the password; two numbers are a user and a group. */
const withoutPassword = (value: string): string => /^([^:]{1,100}:)(?!\d+$)[\s\S]+$/.exec(value)?.[1] ?? value

/** `key=value` of a Secret that is made */
const literal = /^((?:--from-literal=)?(?!--)[\w.-]{1,200}=)[\s\S]+$/
const isLiteral = (item: string, before: unknown, program: string): boolean =>
  (before === '--from-literal' || item.startsWith('--from-literal=')) && program.includes('create secret')

/**
 * An argument that is a secret because of the one before it, or of its program, without what is secret; undefined: it is to be read as a text. `command`:
 * what stands before the arguments.
 */
export const withoutSecretArgument = (items: readonly unknown[], index: number, command: readonly unknown[]): string | undefined => {
  const item = items[index]
  const before = items[index - 1]
  if (typeof item !== 'string') return undefined
  const program = [...command.slice(0, 20), ...items.slice(0, Math.min(index, 20))]
    .filter((each) => typeof each === 'string' && each.length < 100)
    .join(' ')
  if (isLiteral(item, before, program)) return item.replace(literal, '$1')
  const own = withoutOwnPassword(item, program)
  if (own !== item) return own
  return typeof before === 'string' && before.length < 110 && !item.startsWith('-') ? afterOption(item, before, program) : undefined
}

const afterOption = (item: string, option: string, program: string): string | undefined => {
  if (userOption.test(option)) return withoutPassword(item)
  if (takesPassword(option, program)) return isHarmlessValue(item) ? item : ''
  const suspicion = named.test(option) ? suspicionOf(option, 'SETTING') : undefined
  return suspicion !== undefined && isSecretValue(suspicion, item) ? '' : undefined
}
