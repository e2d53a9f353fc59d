import { YAMLException } from 'js-yaml'
import { composeDocuments } from './compose-documents.js'
import type { ParsedText, TextFault } from './parsed-text.js'
import { readEvents } from './read-events.js'

/** js-yaml's reasons may quote an anchor or a tag: what stands there is the user's, so it is left out. */
const withoutQuotes = (reason: string): string => reason.replaceAll(/\s*(?:"[^"]*"|'[^']*'|!<[^>]*>)/g, '').slice(0, 200)

const readReason = (reason: string): { code: string; detail: string } => {
  const own = /^([A-Z_]{4,}): (.*)$/s.exec(reason)
  if (own?.[1] !== undefined && own[2] !== undefined) return { code: own[1], detail: own[2] }
  if (/depth|nesting/i.test(reason)) return { code: 'DEPTH_EXCEEDED', detail: 'the document is nested too deeply' }
  return { code: 'NOT_YAML', detail: withoutQuotes(reason) }
}

/** Every document of a YAML text, under the limits of `limits.ts`. */
export const parseYaml = (text: string): ParsedText | TextFault => {
  try {
    const read = readEvents(text)
    return composeDocuments(read.text, read.events, read.positionOf)
  } catch (error) {
    // The library's own advice: catch everything, not only its exception.
    if (!(error instanceof YAMLException)) return { code: 'NOT_YAML', detail: 'the text cannot be read as YAML', position: undefined }
    const position = error.mark === undefined ? undefined : { line: error.mark.line + 1, column: error.mark.column + 1 }
    return { ...readReason(error.reason), position }
  }
}
