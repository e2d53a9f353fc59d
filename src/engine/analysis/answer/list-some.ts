const mostListed = 3

/** Names as a sentence lists them, each in backticks, and how many there are beside those: nobody reads twenty. */
export function listSome(names: readonly string[], joint: 'and' | 'or' = 'and', most = mostListed): string {
  const shown = names.slice(0, most).map((name) => `\`${name}\``)
  const rest = names.length - shown.length
  if (rest > 0) return `${shown.join(', ')} ${joint} ${rest} more`
  const last = shown.pop() ?? ''
  return shown.length === 0 ? last : `${shown.join(', ')} ${joint} ${last}`
}
