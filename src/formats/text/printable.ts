import { pausing } from '#engine/pause'

/** Control characters but line ends and tabs, and those that turn the direction of writing around. */
const obeyed = /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu

/**
 * The same value with no control characters in its texts: names and messages quote what somebody wrote into a document, and a
 * terminal would obey escape sequences in them.
 */
export const printable = <T>(value: T): T => printed(value) as T

function printed(value: unknown): unknown {
  if (typeof value === 'string') return printableText(value)
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return Array.from(pausing(value as readonly unknown[]), printed)
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, printed(member)]))
}

export const printableText = (text: string): string => text.replaceAll(obeyed, '\u{fffd}')
