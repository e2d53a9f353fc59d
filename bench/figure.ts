/** One measured ratio against its target; `detail` says what it was made from. */
export interface Figure {
  readonly name: string
  readonly measured: number
  readonly target: number
  readonly holds: 'AT_MOST' | 'AT_LEAST'
  readonly detail: string
  readonly unit?: string
}

export const passes = ({ measured, target, holds }: Figure): boolean => (holds === 'AT_MOST' ? measured <= target : measured >= target)

/** One line for a person: the name, what was measured, what was wanted, and whether it holds. */
export function describeFigure(figure: Figure): string {
  const { name, measured, target, holds, detail, unit = '' } = figure
  const sign = holds === 'AT_MOST' ? '≤' : '≥'
  const digits = unit === '' ? 2 : 1
  const values = `${measured.toFixed(digits)}${unit}`.padStart(9)
  return `${passes(figure) ? 'PASS' : 'MISS'}  ${name.padEnd(58)} ${values}  ${sign} ${target}${unit}   ${detail}`
}
