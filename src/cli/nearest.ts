/** How many letters have to be added, removed, replaced, or changed with their neighbour, to make one word the other. */
function distance(a: string, b: string): number {
  let [earlier, row]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, index) => index)]
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1)
      const areSwapped = a[i] === b[j - 1] && a[i - 1] === b[j]
      const swapped = areSwapped ? (earlier[j - 1] ?? 0) + 1 : replaced
      next.push(Math.min(replaced, swapped, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    ;[earlier, row] = [row, next]
  }
  return row.at(-1) ?? 0
}

/** The word that was probably meant: one that starts alike, or differs in no more than a third of its letters. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const ranked = known.map((each) => ({ each, far: distance(word.toLowerCase(), each) })).toSorted((a, b) => a.far - b.far)
  const [best] = ranked
  if (best !== undefined && best.far <= Math.max(1, Math.floor(best.each.length / 3))) return best.each
  return word.length > 1 ? known.find((each) => each.startsWith(word.toLowerCase())) : undefined
}
