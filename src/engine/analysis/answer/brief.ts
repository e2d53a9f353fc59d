/** A character of a sentence, and how it stands there. */
interface Letter {
  readonly text: string
  /** In backticks, or one of them: somebody's value. */
  readonly quoted: boolean
  /** In brackets, or one of them. */
  readonly aside: boolean
}

function lettersOf(text: string): readonly Letter[] {
  let quoted = false
  let depth = 0
  return [...text].map((character) => {
    const isMark = character === '`'
    if (isMark) quoted = !quoted
    if (!quoted && !isMark && character === '(') depth += 1
    const letter = { text: character, quoted: quoted || isMark, aside: depth > 0 }
    if (!quoted && !isMark && character === ')') depth = Math.max(0, depth - 1)
    return letter
  })
}

const written = (letters: readonly Letter[]): string => letters.map(({ text }) => text).join('')

const weigh = (letters: readonly Letter[]): number => letters.reduce((sum, { quoted }) => sum + (quoted ? 0 : 1), 0)

/** How long a sentence is to a reader: what it quotes is read at a glance. */
export const weightOf = (text: string): number => weigh(lettersOf(text))

/** The parts between semicolons, which are neither a user's nor an aside's. */
function clausesOf(letters: readonly Letter[]): readonly (readonly Letter[])[] {
  const clauses: Letter[][] = [[]]
  for (const [at, letter] of letters.entries()) {
    const isJoint = letter.text === ';' && !letter.quoted && !letter.aside && letters[at + 1]?.text === ' '
    if (isJoint) clauses.push([])
    else clauses.at(-1)?.push(letter)
  }
  return clauses
}

const withoutAsides = (letters: readonly Letter[]): readonly Letter[] =>
  lettersOf(
    written(letters.filter(({ aside }) => !aside))
      .replaceAll(' ,', ',')
      .replaceAll('  ', ' ')
      .trim(),
  )

/** As much of a sentence as a summary has room for: its first clauses, the asides left out where one is too long by itself; the step has all of it. */
export function brief(text: string, room: number): string {
  if (text.length <= room) return text
  const letters = lettersOf(text)
  if (weigh(letters) <= room) return text
  const [first = [], ...others] = clausesOf(letters)
  if (weigh(first) > room) return cut(withoutAsides(first), room)
  let [kept, weight] = [written(first), weigh(first)]
  for (const clause of others) {
    weight += weigh(clause) + 1
    if (weight > room) break
    kept += `;${written(clause)}`
  }
  return kept
}

/** At a word that nobody quotes. */
function cut(letters: readonly Letter[], room: number): string {
  if (weigh(letters) <= room) return written(letters)
  let [left, end] = [room - 2, 0]
  for (const [at, { text, quoted }] of letters.entries()) {
    if (!quoted) left -= 1
    if (left < 0) break
    if (!quoted && text === ' ') end = at
  }
  return `${written(letters.slice(0, end))} …`
}
