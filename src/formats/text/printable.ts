/** Control characters but line ends and tabs, and those that turn the direction of writing around. */
const obeyed = /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu

/**
 * The same value with no control characters in its texts: names and messages quote what somebody wrote into a document, and a
 * terminal would obey escape sequences in them.
 */
export const printable = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value), (_key, member: unknown) => (typeof member === 'string' ? printableText(member) : member)) as T

export const printableText = (text: string): string => text.replaceAll(obeyed, '\u{fffd}')
