/**
 * An expression that a user wrote: what proxies make of it, and its program where one may be had.
 *
 * Istio sets `re2.max_program_size.error_level` to 32768: a proxy refuses a larger one, and with it all of the routes that it is sent in.
 */
import { RE2JS, RE2Set } from 're2js'
import { remembered } from '../../remembered.js'
import { measure, type ProgramSize } from './program-size.js'

/** Instructions of the largest program that proxies take. */
export const largestProgram = 32_768

/** istiod and the API server take none that is longer. */
export const longestPattern = 1024

/** `TOO_LARGE`: refused by proxies. `OPEN`: too large to be followed here, and near the limit, so that what proxies do is not known. */
export type Standing = 'TAKEN' | 'OPEN' | 'TOO_LARGE' | 'INVALID'

export interface Expression {
  readonly standing: Standing
  readonly size: ProgramSize
}

interface Written {
  readonly regex: string
}

/** How it stands; found out without compiling it. */
export const expressionOf = remembered(({ regex }: Written): Expression => judge(regex))

/** Verdicts on the expressions that were asked for last: an expression is read where it is checked, and again where it is sent to proxies. */
const judged = new Map<string, Expression>()
/** Characters of them. */
const mostJudged = 4 * 1024 * 1024
let charactersJudged = 0

export function judge(pattern: string): Expression {
  const known = judged.get(pattern)
  if (known !== undefined) return known
  const verdict = read(pattern)
  if (pattern.length > longestPattern) return verdict
  if ((charactersJudged += pattern.length + besidePattern) > mostJudged) {
    judged.clear()
    charactersJudged = pattern.length + besidePattern
  }
  judged.set(pattern, verdict)
  return verdict
}

/** What a verdict takes besides its text, in characters, about. */
const besidePattern = 16

function read(pattern: string): Expression {
  if (pattern.length > longestPattern) return { standing: 'OPEN', size: { least: 0, most: Number.POSITIVE_INFINITY } }
  const { size, uncounted, countsTooFar } = measure(pattern)
  if (countsTooFar || !isExpression(uncounted)) return { standing: 'INVALID', size }
  return { standing: size.least > largestProgram ? 'TOO_LARGE' : size.most > largestProgram ? 'OPEN' : 'TAKEN', size }
}

/** Adding to a set reads, and compiles nothing. */
function isExpression(pattern: string): boolean {
  try {
    new RE2Set().add(pattern)
    return true
  } catch {
    return false
  }
}

/** Programs that were asked for last, so many instructions of them as a few megabytes hold. They are made of their texts alone. */
const kept = new Map<string, { readonly program: RE2JS; readonly size: number }>()
const mostKept = 100_000
let instructionsKept = 0

/** Is the expression found in any of the texts? It is for so few short ones that no question pays. Undefined: it is too large for that, or none. */
export function isFoundIn(texts: readonly string[], pattern: string): boolean | undefined {
  const { standing, size } = judge(pattern)
  const program = standing === 'TAKEN' && size.most <= largestUnpaid ? programOf(pattern, size.most) : undefined
  return program === undefined ? undefined : texts.some((text) => program.matcher(text).find())
}

const largestUnpaid = 2000

/** The program of an expression that proxies take, and whose size is at most `size`; undefined: it is none after all. */
export function programOf(pattern: string, size: number): RE2JS | undefined {
  const known = kept.get(pattern)
  if (known !== undefined) kept.delete(pattern)
  else instructionsKept += size
  const found = known ?? compile(pattern, size)
  if (found === undefined) return undefined
  kept.set(pattern, found)
  for (const [oldest, { size: freed }] of kept) {
    if (instructionsKept <= mostKept) break
    kept.delete(oldest)
    instructionsKept -= freed
  }
  return found.program
}

function compile(pattern: string, size: number): { readonly program: RE2JS; readonly size: number } | undefined {
  try {
    return { program: RE2JS.compile(pattern), size }
  } catch {
    instructionsKept -= size
    return undefined
  }
}
