import { pause } from '../../pause.js'

/** Which of many names stand for one, or for part of what it stands for; no name is held against each of the others. */
export interface NamesAmong {
  /** Is every name that this stands for one that some of them stands for? */
  covers(name: string): boolean
  /** Position of the first of them that stands for this, or for which this stands; infinite: there is none. */
  firstOverlapping(name: string): number
}

const nowhere = Number.POSITIVE_INFINITY
const isWildcard = (name: string): boolean => name.startsWith('*')
/** What a name that a wildcard stands for ends in. */
const endOf = (name: string): string => (isWildcard(name) ? name.slice(1) : name)

export function namesAmong(names: readonly string[]): NamesAmong {
  const [plain, wild] = [new Map<string, number>(), new Map<string, number>()]
  for (const [position, name] of names.entries()) {
    pause()
    const places = isWildcard(name) ? wild : plain
    if (!places.has(endOf(name))) places.set(endOf(name), position)
  }
  const lengths = new Set([...wild.keys()].map(({ length }) => length))
  const covering = (name: string): number => {
    const end = endOf(name)
    let first = isWildcard(name) ? nowhere : (plain.get(name) ?? nowhere)
    for (const length of lengths) {
      pause()
      if (length <= end.length) first = Math.min(first, wild.get(end.slice(end.length - length)) ?? nowhere)
    }
    return first
  }
  let byEnd: ((end: string) => number) | undefined
  const covered = (end: string): number => {
    byEnd ??= firstByEnd(names)
    return byEnd(end)
  }
  return {
    covers: (name) => covering(name) < nowhere,
    firstOverlapping: (name) => Math.min(covering(name), isWildcard(name) ? covered(endOf(name)) : nowhere),
  }
}

/** The first position of a name with this end: names stand sorted from their ends on, so that those of one end are neighbours. */
function firstByEnd(names: readonly string[]): (end: string) => number {
  const sorted = names
    .map((name, position) => ({ text: backwards(endOf(name)), position }))
    .sort((a, b) => {
      pause()
      return a.text < b.text ? -1 : a.text > b.text ? 1 : 0
    })
  const least = leastOfStretches(sorted.map(({ position }) => position))
  const below = (text: string): number => {
    let [from, to] = [0, sorted.length]
    while (from < to) {
      const middle = (from + to) >> 1
      if ((sorted[middle]?.text ?? '') < text) from = middle + 1
      else to = middle
    }
    return from
  }
  return (end) => least(below(backwards(end)), below(`${backwards(end)}\uffff`))
}

const backwards = (text: string): string => [...text].reverse().join('')

/** The least number from one position up to another: of every stretch as long as a power of two it is known, and two of these make any other. */
function leastOfStretches(numbers: readonly number[]): (from: number, to: number) => number {
  const levels: (readonly number[])[] = [numbers]
  for (let length = 1; 2 * length <= numbers.length; length *= 2) {
    const halves = levels.at(-1) ?? []
    levels.push(
      halves.slice(length).map((second, position) => {
        pause()
        return Math.min(halves[position] ?? nowhere, second)
      }),
    )
  }
  return (from, to) => {
    if (from >= to) return nowhere
    const level = Math.floor(Math.log2(to - from))
    return Math.min(levels[level]?.[from] ?? nowhere, levels[level]?.[to - 2 ** level] ?? nowhere)
  }
}
