import { printableText } from '../text/printable.js'

/** What a user wrote is neither a tag nor a mention of somebody, nor a link or an emphasis; in code spans tags are none. */
export const prose = (text: string): string =>
  printableText(text)
    .replaceAll(/\s+/g, (space) => (space.includes('\n') ? ' ' : space))
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : plain(part)))
    .join('')
    .replaceAll('@', '@\u200b')

const plain = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[*[\]]/g, String.raw`\$&`)

/** In a table a bar would end the cell. */
export const inTable = (text: string): string => text.replaceAll('|', String.raw`\|`)

/** A name in a code span, whatever it holds: the marks around it are longer than any in it. */
export function code(text: string): string {
  const told = printableText(text).replaceAll(/\s+/g, ' ').trim()
  if (told === '') return ''
  const fence = '`'.repeat(longest(told) + 1)
  return told.startsWith('`') || told.endsWith('`') ? `${fence} ${told} ${fence}` : `${fence}${told}${fence}`
}

/** A text as it is, between fences longer than any in it. */
export function fenced(language: string, text: string): string {
  const fence = '`'.repeat(Math.max(3, longest(text) + 1))
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`
}

const longest = (text: string): number => [...text.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), 0)
