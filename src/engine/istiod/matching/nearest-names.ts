import { pause } from '../../pause.js'

/** Characters of a name that are compared. */
const compared = 64
const row = new Uint8Array(compared + 1)

/** Edit distance with insertions, deletions and replacements; as soon as it is known to be more than `most`, something that is more. */
function distance(written: string, meant: string, most: number): number {
  const [a, b] = [written.slice(0, compared), meant.slice(0, compared)]
  if (Math.abs(a.length - b.length) > most) return most + 1
  if (isShort(a) && isPlain(a) && isPlain(b)) return distanceOfShort(a, b, most)
  for (let column = 0; column <= b.length; column += 1) row[column] = column
  for (let line = 1; line <= a.length; line += 1) {
    const letter = a.charCodeAt(line - 1)
    let [diagonal, left, least] = [line - 1, line, line]
    row[0] = line
    for (let column = 1; column <= b.length; column += 1) {
      const above = row[column] as number
      left = Math.min(diagonal + (letter === b.charCodeAt(column - 1) ? 0 : 1), above + 1, left + 1)
      diagonal = above
      row[column] = left
      if (left < least) least = left
    }
    if (least > most) return most + 1
  }
  return row[b.length] as number
}

/** Letters that fit into one number, and that have a place in a table. */
const [ofNumber, ofTable] = [32, 128]
const places = new Int32Array(ofTable)

const isShort = ({ length }: string): boolean => length > 0 && length <= ofNumber

function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) >= ofTable) return false
  return true
}

/** The same by a column at a time, whose steps up and down are bits of two numbers (Myers 1999): names are compared by the thousand. */
function distanceOfShort(a: string, b: string, most: number): number {
  for (let at = 0; at < a.length; at += 1) places[a.charCodeAt(at)] = (places[a.charCodeAt(at)] ?? 0) | (1 << at)
  const last = 1 << (a.length - 1)
  let [up, down, far] = [-1, 0, a.length]
  for (let at = 0; at < b.length && far - (b.length - at) <= most; at += 1) {
    const same = places[b.charCodeAt(at)] ?? 0
    const across = ((((same & up) + up) | 0) ^ up) | same
    let [more, less] = [down | ~(across | up), up & across]
    if ((more & last) !== 0) far += 1
    else if ((less & last) !== 0) far -= 1
    more = (more << 1) | 1
    less <<= 1
    up = less | ~(same | down | more)
    down = more & (same | down)
  }
  for (let at = 0; at < a.length; at += 1) places[a.charCodeAt(at)] = 0
  return far > most ? most + 1 : far
}

/** Is it one wrong letter away, or for long names one in three? */
export function isMistyped(written: string, meant: string): boolean {
  const most = Math.max(1, Math.floor(meant.length / 3))
  return distance(written, meant, most) <= most
}

const withoutDigits = (name: string): string => name.replaceAll(/\d/gu, '')

/** Two letters wrong at most, of many right ones, and more than a number: `v1` is none of `v2`. */
export function isMisspelled(written: string, meant: string): boolean {
  const most = Math.min(2, Math.max(1, Math.floor(meant.length / 3)))
  return written !== meant && withoutDigits(written) !== withoutDigits(meant) && distance(written, meant, most) <= most
}

interface Near {
  readonly name: string
  readonly far: number
}

/** Names that are looked at, and those that are told. */
const [considered, told] = [2000, 5]

const isNearer = (a: Near, b: Near): boolean => a.far < b.far || (a.far === b.far && a.name < b.name)

/** At most five of the names, the most similar first: what was probably meant. */
export function nearestNames(wanted: string, names: Iterable<string>): readonly string[] {
  const nearest: Near[] = []
  const seen = new Set<string>()
  let most = Math.max(3, Math.ceil(wanted.length / 2))
  for (const name of names) {
    if (seen.has(name)) continue
    if (seen.size === considered) break
    seen.add(name)
    pause()
    const near = { name, far: wanted !== '' && name.includes(wanted) ? 0 : distance(wanted, name, most) }
    if (near.far > most) continue
    const place = nearest.findIndex((other) => isNearer(near, other))
    nearest.splice(place < 0 ? nearest.length : place, 0, near)
    if (nearest.length > told) nearest.pop()
    // Whoever is further away than the last of them is none of them.
    if (nearest.length === told) most = nearest[told - 1]?.far ?? most
  }
  return nearest.map(({ name }) => name)
}
