import { cleanText } from './clean-text.js'
import type { SecretKind } from './tell-secret.js'

/** What a caller says beside a document, and what of it was taken out. */
export interface WithoutSecretText {
  readonly text: string
  readonly kinds: readonly SecretKind[]
}

/** A message, a name or a description without anything that must not be stored. */
export const withoutSecretText = (text: string): WithoutSecretText => {
  const kinds: SecretKind[] = []
  const clean = cleanText(text, { reading: 'PROSE' }, (kind) => void kinds.push(kind))
  return { text: clean, kinds }
}
