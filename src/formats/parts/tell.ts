import type { Shade } from '../text/paint.js'
import type { Item, Part, Section, Sentence, Word } from './part.js'

/** A name that somebody wrote, or that a program compares. */
export const name = (text: string, shade?: Shade): Word => ({ text, as: 'NAME', ...(shade === undefined ? {} : { shade }) })

export const sentence = (text: string, more: Pick<Sentence, 'word' | 'shade'> = {}): Sentence => ({ kind: 'SENTENCE', text, ...more })

export const items = (all: readonly Item[]): readonly Part[] => (all.length === 0 ? [] : [{ kind: 'ITEMS', items: all }])

/** Nothing at all where it would be empty. */
export const table = (head: readonly string[], rows: readonly Item[]): readonly Part[] =>
  rows.length === 0 ? [] : [{ kind: 'TABLE', head, rows }]

/** A heading and what stands below it, nothing where there is nothing. */
export const section = (heading: string, parts: readonly Part[], more: Pick<Section, 'aside' | 'hint'> = {}): readonly Section[] =>
  parts.length === 0 ? [] : [{ kind: 'SECTION', heading, parts, ...more }]
