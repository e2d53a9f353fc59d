/** Edit distance with insertions, deletions and replacements, one row at a time. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

/** Is it one wrong letter away, or for long names one in three? */
export const isMistyped = (written: string, meant: string): boolean =>
  distance(written.slice(0, 64), meant.slice(0, 64)) <= Math.max(1, Math.floor(meant.length / 3))

const withoutDigits = (name: string): string => name.replaceAll(/\d/gu, '')

/** Two letters wrong at most, of many right ones, and more than a number: `v1` is none of `v2`. */
export const isMisspelled = (written: string, meant: string): boolean =>
  written !== meant &&
  withoutDigits(written) !== withoutDigits(meant) &&
  distance(written.slice(0, 64), meant.slice(0, 64)) <= Math.min(2, Math.max(1, Math.floor(meant.length / 3)))

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const considered = 2000

/** At most five of the names, the most similar first: what was probably meant. */
export const nearestNames = (wanted: string, names: readonly string[]): readonly string[] => {
  const limit = Math.max(3, Math.ceil(wanted.length / 2))
  return [...new Set(names)]
    .slice(0, considered)
    .map((name) => ({ name, far: name.includes(wanted) && wanted !== '' ? 0 : distance(wanted.slice(0, 64), name.slice(0, 64)) }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far || compare(a.name, b.name))
    .slice(0, 5)
    .map(({ name }) => name)
}
