import { wordsSecretRemoved } from '#engine/manifests/reading-notes'
import { withoutSecretText } from '#engine/manifests/secrets/without-secret-text'
import type { Finding } from '#engine/model/report'

/** What a caller says beside a document, by what it is called; null and undefined: nothing. */
export type Words<K extends string> = { readonly [Name in K]?: string | null | undefined }

export interface CleanWords<K extends string> {
  readonly words: Words<K>
  /** What was taken out, told as it is of documents. */
  readonly notes: readonly Finding[]
}

/** The words without anything that must not be stored. They are short: no thread is needed for them. */
export function cleanWords<K extends string>(words: Words<K>): CleanWords<K> {
  const notes: Finding[] = []
  const clean = Object.entries<string | null | undefined>(words).map(([name, text]) => {
    const kept = typeof text === 'string' ? withoutSecretText(text).text : text
    if (kept !== text) notes.push(wordsSecretRemoved(name))
    return [name, kept] as const
  })
  // The members are those that came.
  return { words: Object.fromEntries(clean) as Words<K>, notes }
}
