// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

/**
 * The same value with no control characters in its texts: names and messages quote what somebody wrote into a document, and a
 * terminal would obey escape sequences in them.
 */
export const printable = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value), (_key, member: unknown) => (typeof member === 'string' ? printableText(member) : member)) as T

export const printableText = (text: string): string => text.replaceAll(controls, '\u{fffd}')
