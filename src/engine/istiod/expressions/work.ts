/**
 * What one question may spend on regular expressions that users wrote, so that none of them can keep the others waiting.
 *
 * RE2 takes no more steps than its program is long, for each character: a match costs program × text, and a program its own length to be
 * made. What a question has found out it need not find out again, so that callers who are alike cost as much as one.
 */
export interface Work {
  /** Programs that this question has paid for. */
  readonly programs: Set<string>
  /** By expression, then by text. */
  readonly matches: Map<string, Map<string, boolean>>
  /** Instructions that may still be compiled. */
  instructions: number
  /** Steps of matching that may still be taken. */
  steps: number
}

/** Steps of one match: of a program of 100 instructions and 30,000 characters, of the largest and 90. */
export const mostStepsOfMatch = 3_000_000

/** Steps of all matches of one question together, and instructions of all programs that it asks for. */
export const mostSteps = 4 * mostStepsOfMatch
export const mostInstructions = 50_000

export const createWork = (): Work => ({ programs: new Set(), matches: new Map(), instructions: mostInstructions, steps: mostSteps })

/** May the program be made? It is paid for once, be it there already or not: what a question may do does not depend on those before it. */
export function payForProgram(work: Work, pattern: string, size: number): boolean {
  if (work.programs.has(pattern)) return true
  if (size > work.instructions) return false
  work.instructions -= size
  work.programs.add(pattern)
  return true
}

/** May the program of that size be run over the text? */
export function payForMatch(work: Work, size: number, text: string): boolean {
  const steps = size * (text.length + 1)
  if (steps > Math.min(work.steps, mostStepsOfMatch)) return false
  work.steps -= steps
  return true
}
