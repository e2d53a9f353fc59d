import { pause } from '../../pause.js'

/** What a look at a JSON text says of all values in it, which then need not be walked for it one by one. */
export interface Signs {
  /** A text or a key in it may be none that is stored. */
  readonly ofOddText: boolean
  /** A name in it may never have been filled in. */
  readonly ofPlaceholder: boolean
}

/** An escape may stand for anything, but for those with which Go writes `<`, `>`, `&` and two line separators; these keys name a prototype. */
const odd = /\\u(?!003[ceCE]|0026|202[89])|"(?:__proto__|constructor|prototype)"/
const hole = /\{\{|\$\{/

/** Characters that are searched in one piece, and of the next one as many as a sign has. */
const stretch = 1024 * 1024
const longestSign = 16

export function signsIn(text: string): Signs {
  let ofOddText = !text.isWellFormed()
  let ofHole = false
  for (let at = 0; at < text.length && !ofOddText; at += stretch) {
    pause()
    const part = text.slice(at, at + stretch + longestSign)
    ofOddText = odd.test(part)
    ofHole ||= hole.test(part)
  }
  return { ofOddText, ofPlaceholder: ofOddText || ofHole }
}
