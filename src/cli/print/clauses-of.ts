/** The parts of a sentence between semicolons, each a line of its own; what somebody quotes is kept as it is. */
export function clausesOf(text: string): readonly string[] {
  const clauses = ['']
  // Every second piece stands between backticks.
  for (const [at, piece] of text.split('`').entries()) {
    const isQuoted = at % 2 === 1
    const [first = '', ...others] = isQuoted ? [`\`${piece}\``] : piece.split('; ')
    clauses.push(`${clauses.pop() ?? ''}${first}`, ...others)
  }
  return clauses
}
