import { carriageReturn, isBreak, newline } from './characters.js'

/** The line break at or after `at`. */
export const endOfLine = (text: string, at: number): number => {
  let end = at
  while (!isBreak(text.charCodeAt(end))) end++
  return end
}

/** After the line break at `at`. */
export const afterBreak = (text: string, at: number): number =>
  text.charCodeAt(at) === carriageReturn && text.charCodeAt(at + 1) === newline ? at + 2 : at + 1

/** A line break as it counts within a text: all are line feeds but for Unicode's own two. */
export const writtenBreak = (text: string, at: number): string => {
  const unit = text.charCodeAt(at)
  return unit === 0x2028 || unit === 0x2029 ? String.fromCharCode(unit) : '\n'
}
