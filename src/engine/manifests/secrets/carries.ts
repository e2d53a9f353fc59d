import type { Suspicion } from './suspicion-of.js'

/** Members that hold the value of what stands above or beside them, and those that hold a part or a pattern of it. */
const whole =
  /^(?:values?|notvalues|literal|plain|plaintext|text|raw|content|data|list|exact|exact_?match|string_?value|inline_?(?:string|bytes)|inline)$/i
const partial =
  /^(?:regex|regex_?match|safe_?regex|safe_?regex_?match|prefix|prefix_?match|suffix|suffix_?match|contains|contains_?match)$/i

/** What a member of this name lets suspect below a name that says `ALWAYS`; undefined: it carries no value. */
export const carries = (name: string): Suspicion | undefined =>
  whole.test(name) ? 'ALWAYS' : partial.test(name) ? 'IF_GENERATED' : undefined
