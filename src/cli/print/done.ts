import type { Sentence } from '#formats/parts/part'
import { sentence } from '#formats/parts/tell'

/** What a command did, and to what. */
export const done = (what: string, text: string): Sentence => sentence(text, { word: { text: what, shade: 'good' } })
