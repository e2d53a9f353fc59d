import { namesAddress } from './clean-addresses.js'
import { type ByPlace, namesWhat, type Suspicion } from './suspicion-of.js'
import { carries } from './carries.js'

/** What the name of a member says of what stands under it. */
export interface KeyFacts {
  readonly key: string
  /** Of its value, by where the name stands. */
  readonly says: ByPlace | undefined
  /** Members of this name hold the value of what stands above or beside them. */
  readonly carries: Suspicion | undefined
  readonly isVariable: boolean
  readonly isAddress: boolean
  /** Its text is a program, or settings. */
  readonly isCode: boolean
  /** Its text is prose. */
  readonly isProse: boolean
  /** Its items are arguments of a program. */
  readonly isArguments: boolean
}

const variable = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/
const code = /(?:code|script|config|template|content|values|manifest|userdata|inline_?string|yaml|json)s?$/i
const prose = /^(?:description|message|reason|summary|comment|documentation|help|note|title)$/i
const programArguments = /^(?:args|command|cmd|argv|entrypoint|arguments|extraArgs)$/

const read = (key: string): KeyFacts => ({
  key,
  says: namesWhat(key),
  carries: carries(key),
  isVariable: variable.test(key),
  isAddress: namesAddress(key),
  isCode: code.test(key),
  isProse: prose.test(key),
  isArguments: programArguments.test(key),
})

/** Keys repeat, so what they say is kept, up to a bound. */
const known = new Map<string, KeyFacts>()

export const factsOf = (key: string): KeyFacts => {
  const found = known.get(key)
  if (found !== undefined) return found
  const facts = read(key.length > 200 ? key.slice(-200) : key)
  if (known.size < 20_000 && key.length < 100) known.set(key, facts)
  return facts
}
