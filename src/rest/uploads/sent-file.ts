import { uploadFault } from './upload-fault.js'

/** A file of an archive or of a form, by the path under which it was sent. Its bytes are a view: nothing is copied, and nothing written. */
export interface SentFile {
  readonly path: string
  readonly body: Uint8Array
}

/** At most so many are taken. */
export const mostFiles = 20_000
const longestPath = 1024

/** The path as it is told to people: relative, and within what was sent. Whatever leads out is refused, although nothing is ever written there. */
export function safePath(path: string): string {
  const told = path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '')
  const leadsOut = told.startsWith('/') || /^[A-Za-z]:/.test(told) || told.split('/').includes('..')
  // oxlint-disable-next-line no-control-regex -- names with control characters are what is refused
  if (told === '' || told.length > longestPath || leadsOut || /[\u0000-\u001f\u007f]/.test(told)) {
    throw uploadFault(
      'PATH_REFUSED',
      `\`${told.slice(0, 200)}\` is no path within what was sent: it is absolute, leads upwards, or is not readable`,
    )
  }
  return told
}
