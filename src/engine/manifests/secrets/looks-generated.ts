/** No shorter word is taken for one that was made at random. */
const shortest = 16

const segment = /[A-Za-z0-9+/_]{16,}/g

/** How often letters and digits, or capitals and small letters, take turns. */
const turns = (word: string): number => (word.match(/[A-Za-z](?=\d)|\d(?=[A-Za-z])|[a-z](?=[A-Z])/g) ?? []).length

const isMixed = (word: string): boolean => /\d/.test(word) && /[A-Za-z]/.test(word) && turns(word) >= 3

/** Numbers in hex groups. */
const uuid = /(?<![\da-f-])[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}(?![\da-f-])/i

/** Does a part of the text look like made at random: long, without a break, letters and digits mixed? Words and version numbers do not. */
export const looksGenerated = (text: string): boolean =>
  text.length >= shortest && ((text.match(segment) ?? []).some(isMixed) || uuid.test(text))
