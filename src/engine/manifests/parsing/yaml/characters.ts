export const tab = 9
export const newline = 10
export const carriageReturn = 13
export const space = 32
export const exclamation = 33
export const doubleQuote = 34
export const hash = 35
export const percent = 37
export const ampersand = 38
export const singleQuote = 39
export const asterisk = 42
export const comma = 44
export const dash = 45
export const dot = 46
export const colon = 58
export const greater = 62
export const question = 63
export const openBracket = 91
export const backslash = 92
export const closeBracket = 93
export const openBrace = 123
export const bar = 124
export const closeBrace = 125

/** What stands after the end of a text. */
export const nothing = 0

export const isBlank = (unit: number): boolean => unit === space || unit === tab

/** Line breaks of YAML 1.1: Unicode has three more than the keyboard. */
export const isBreak = (unit: number): boolean =>
  unit === newline || unit === carriageReturn || unit === 0x85 || unit === 0x2028 || unit === 0x2029

/** A blank, a line break, or the end: what must follow an indicator such as `-`. */
export const isGap = (unit: number): boolean => isBlank(unit) || isBreak(unit) || unit === nothing

export const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57

/** What names of anchors and handles of tags are made of. */
export const isWord = (unit: number): boolean =>
  isDigit(unit) || (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122) || unit === 95 || unit === dash
