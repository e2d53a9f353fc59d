/** Where a reader of a header's value is: in plain text, or in a part of `%VARIABLE(["argument"])%`. */
type Place = 'TEXT' | 'NAME' | 'ARGUMENTS' | 'STRING' | 'AFTER_STRING' | 'NEXT_STRING' | 'AFTER_LIST' | 'END'
interface Exits {
  readonly [character: string]: Place
}

/** Where each place is left for, by the character; `other` is any other one. */
const exits: Readonly<Record<Place, Exits>> = {
  TEXT: { '%': 'NAME', other: 'TEXT' },
  NAME: { '%': 'TEXT', '(': 'ARGUMENTS', other: 'NAME' },
  ARGUMENTS: { ' ': 'ARGUMENTS', '[': 'NEXT_STRING', other: 'STRING' },
  STRING: { ')': 'END', '"': 'AFTER_STRING', other: 'STRING' },
  AFTER_STRING: { ' ': 'AFTER_STRING', ',': 'NEXT_STRING', ']': 'AFTER_LIST' },
  NEXT_STRING: { ' ': 'NEXT_STRING', '"': 'STRING' },
  AFTER_LIST: { ' ': 'AFTER_LIST', ')': 'END' },
  END: { ' ': 'END', '%': 'TEXT' },
}

const isControl = (character: string): boolean => (character < ' ' && character !== '\t') || character === '\x7f'

/** Why a proxy takes no such value of a header, as istiod's `ValidateHTTPHeaderValue` reads it; undefined: it does. */
export const faultOfHeaderValue = (value: string): string | undefined => {
  let place: Place | undefined = 'TEXT'
  for (let at = 0; at < value.length && place !== undefined; at += 1) {
    const character = value.charAt(at)
    if (isControl(character)) return 'has characters that no header may have'
    // `%%` is a percent sign, and what follows a backslash in a text is part of it.
    const isEscape: boolean = (place === 'TEXT' && value.startsWith('%%', at)) || (place === 'STRING' && character === '\\')
    if (isEscape) at += 1
    else place = exits[place][character] ?? exits[place]['other']
  }
  return place === 'TEXT' ? undefined : 'has a `%VARIABLE%` that does not end; a percent sign is written `%%`'
}
