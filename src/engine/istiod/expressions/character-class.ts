/**
 * Which characters does a class hold, as far as it tells how large it is in RE2's program?
 *
 * Of ASCII exactly, as a bit for each character; of what is beyond, whether it is nothing or all, but for the other cases of k and s, which are
 * known, and for what is not looked at closely, of which a bound is.
 */
import { type Extent, instructions } from './extent.js'

export interface CharacterClass {
  readonly ascii: Uint32Array
  /** All that is beyond ASCII, but for the other cases of k and s. */
  all: boolean
  /** The Kelvin sign, and the long s. */
  kelvin: boolean
  longS: boolean
  /** Something more that takes at most so many instructions. */
  open: number
}

export type Ranges = readonly (readonly [first: number, last: number])[]

/** For a range of characters beyond ASCII, and the same with the other case of each letter. */
const ofRange = 40
const ofFoldedRange = 120
/** For a named class of Unicode: `\pL` takes 1,200. */
const ofName = 1500

const [upperA, upperZ, kelvinSign, longS, lastOfAll] = [65, 90, 0x212a, 0x17f, 0x10ffff]

export const emptyClass = (): CharacterClass => ({ ascii: new Uint32Array(4), all: false, kelvin: false, longS: false, open: 0 })

const isIn = (ascii: Uint32Array, code: number): boolean => (((ascii[code >> 5] ?? 0) >>> (code & 31)) & 1) === 1

/** Adds all from one character to another, both included, by their code points. */
export function addRange(to: CharacterClass, first: number, last: number, folded: boolean): void {
  for (let code = first; code <= Math.min(last, 127); code += 1) add(to, code, folded)
  if (last <= 127) return
  if (first <= 128 && last >= lastOfAll) {
    to.all = true
    to.kelvin = true
    to.longS = true
  } else if (!folded && first === last && first === kelvinSign) to.kelvin = true
  else if (!folded && first === last && first === longS) to.longS = true
  else to.open += folded ? ofFoldedRange : ofRange
}

function add(to: CharacterClass, code: number, folded: boolean): void {
  put(to.ascii, code)
  const letter = code | 0x20
  if (!folded || letter < 97 || letter > 122) return
  put(to.ascii, code ^ 0x20)
  if (letter === 107) to.kelvin = true
  if (letter === 115) to.longS = true
}

function put(ascii: Uint32Array, code: number): void {
  ascii[code >> 5] = (ascii[code >> 5] ?? 0) | (1 << (code & 31))
}

/** Adds a set of ASCII characters with the other cases of its letters, or all characters but these. */
export function addSet(to: CharacterClass, ranges: Ranges, negated: boolean, folded: boolean): void {
  if (!negated) {
    for (const [first, last] of ranges) addRange(to, first, last, folded)
    return
  }
  const inside = emptyClass()
  addSet(inside, ranges, false, folded)
  for (let code = 0; code < 128; code += 1) if (!isIn(inside.ascii, code)) put(to.ascii, code)
  to.all = true
  to.kelvin ||= !inside.kelvin
  to.longS ||= !inside.longS
}

/** Adds a class by its name in Unicode, of which only the bound is known. */
export function addNamed(to: CharacterClass): void {
  to.open += ofName
}

/** The size of the class, or of all that is not in it. `sure`: it cannot be empty, which would take the whole expression with it. */
export function extentOfClass(set: CharacterClass, negated: boolean): { readonly extent: Extent; readonly sure: boolean } {
  const runs = runsOf(set.ascii, negated)
  const rest = beyondAscii(set.all !== negated, set.kelvin !== negated, set.longS !== negated)
  if (set.open === 0) return { extent: instructions(runs + rest), sure: runs + rest > 0 }
  // What is open may fill gaps, and make new ones; a name may be of ASCII too.
  return { extent: instructions(1, runs + rest + set.open + (set.open >= ofName ? 64 : 0)), sure: !negated }
}

/** As RE2 writes them in bytes of UTF-8. */
function beyondAscii(all: boolean, kelvin: boolean, hasLongS: boolean): number {
  if (!all) return (kelvin ? 3 : 0) + (hasLongS ? 2 : 0)
  if (kelvin) return hasLongS ? 6 : 15
  return hasLongS ? 19 : 22
}

/** Runs of neighbours; where capitals and small letters are alike, both are one instruction. */
function runsOf(ascii: Uint32Array, negated: boolean): number {
  const holds = (code: number): boolean => isIn(ascii, code) !== negated
  let folds = true
  for (let code = upperA; code <= upperZ; code += 1) folds &&= isIn(ascii, code) === isIn(ascii, code + 32)
  let runs = 0
  for (let code = 0; code < 128; code += 1) {
    if (!holds(code)) continue
    const first = code
    while (code < 127 && holds(code + 1)) code += 1
    if (!(folds && first >= upperA && code <= upperZ)) runs += 1
  }
  return runs
}

/** What is the same for classes that RE2 certainly takes for equal, and for those that it may. */
export function keysOfClass(set: CharacterClass, negated: boolean): { readonly certainly?: string; readonly perhaps: string } {
  if (set.open > 0) return { perhaps: 'open' }
  const bits = [...set.ascii].map((word) => (negated ? ~word : word) >>> 0).join(',')
  const key = `${bits} ${set.all !== negated} ${set.kelvin !== negated} ${set.longS !== negated}`
  return { certainly: key, perhaps: key }
}
