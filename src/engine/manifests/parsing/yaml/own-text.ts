import type { Reader } from './reader.js'

/** V8 keeps a shorter piece of a text as a text, and a longer one as a place in it: as long as one of these is held, so is the whole file. */
const shortestPlace = 13

/** A piece of the text that holds nothing of it. Values repeat: one that is remembered is not made again. */
export const cutText = ({ text, values }: Reader, from: number, to: number): string => {
  const length = to - from
  if (length < shortestPlace) return text.slice(from, to)
  const ending = text.charCodeAt(to - 1) + 31 * text.charCodeAt(to - 2) + 961 * text.charCodeAt(to - 4)
  const slot = (ending + 7 * length + 127 * text.charCodeAt(from + (length >> 1))) & (values.length - 1)
  const known = values[slot]
  if (known !== undefined && known.length === length && text.startsWith(known, from)) return known
  const own = ownText(text.slice(from, to))
  values[slot] = own
  return own
}

/** The same text by itself, whether it was cut out of one or put together of pieces: joining two parts writes them anew. */
export const ownText = (text: string): string => (text.length < shortestPlace ? text : [text.slice(0, 1), text.slice(1)].join(''))
