/**
 * What is left of a value that was a secret, where requests are compared with it or it is put into them: nobody knows any more what it was, which an
 * empty text would not say. It is written like a reference, and so is no secret itself.
 */
export const removedValue = '<secret removed>'

/** Was there a secret in the text, or is it made of one where there was? */
export const isRemovedValue = (text: string): boolean => text.includes(removedValue)

/** How it reads in a sentence, behind what has it. */
export const ofRemovedValue = 'of a value that was taken out as a secret'
