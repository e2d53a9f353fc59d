import { expressionOf, programOf } from './expression.js'
import { payForMatch, payForProgram, type Work } from './work.js'

/** Does the expression match all of the text? Undefined: it cannot be told, or not with the work that the question has left. */
export function matchesExpression(written: { readonly regex: string }, text: string, work: Work): boolean | undefined {
  const known = work.matches.get(written.regex)?.get(text)
  if (known !== undefined) return known
  const program = affordable(written, text, work, 1)
  if (program === undefined) return undefined
  const matches = program.matches(text)
  const ofExpression = work.matches.get(written.regex)
  if (ofExpression === undefined) work.matches.set(written.regex, new Map([[text, matches]]))
  else ofExpression.set(text, matches)
  return matches
}

/** The text with whatever the expression matches in it replaced; undefined as above. It may be searched to its end for each of its characters. */
export function replaceExpression(written: { readonly regex: string }, text: string, replacement: string, work: Work): string | undefined {
  try {
    return affordable(written, text, work, text.length + 1 + replacement.length)
      ?.matcher(text)
      .replaceAll(replacement)
  } catch {
    return undefined
  }
}

function affordable(written: { readonly regex: string }, text: string, work: Work, searches: number) {
  const { standing, size } = expressionOf(written)
  const pays = standing === 'TAKEN' && payForProgram(work, written.regex, size.most) && payForMatch(work, size.most * searches, text)
  return pays ? programOf(written.regex, size.most) : undefined
}
