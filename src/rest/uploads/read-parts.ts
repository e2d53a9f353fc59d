/**
 * What are the parts of a form (multipart/form-data, RFC 7578)?
 *
 * Bytes are not copied. A part has a name, and a file name where it is a file; both may be quoted.
 */
import { mostFiles } from './sent-file.js'
import { uploadFault } from './upload-fault.js'

export interface Part {
  readonly name: string
  readonly fileName: string | undefined
  readonly type: string | undefined
  readonly body: Buffer
}

const longestHead = 16 * 1024

export function readParts(body: Buffer, contentType: string): readonly Part[] {
  const boundary = /;\s*boundary=(?:"([^"]{1,200})"|([^";,\s]{1,200}))/i.exec(contentType)
  const mark = boundary?.[1] ?? boundary?.[2]
  if (mark === undefined) throw broken('its `Content-Type` names no boundary')
  const parts: Part[] = []
  const line = Buffer.from(`\r\n--${mark}`)
  // The first boundary has no line before it.
  let at = body.subarray(0, line.length - 2).equals(line.subarray(2)) ? line.length - 2 : after(body, line, 0)
  for (;;) {
    if (body.subarray(at, at + 2).toString('latin1') === '--') return parts
    const begin = body.indexOf('\r\n', at)
    const end = body.indexOf(line, Math.max(begin, 0))
    if (begin < 0 || end < 0) throw broken('a boundary is missing')
    if (parts.length > mostFiles) throw uploadFault('TOO_MANY_FILES', `the form has more than ${mostFiles} parts`)
    parts.push(partOf(body.subarray(begin, end)))
    at = end + line.length
  }
}

function after(body: Buffer, line: Buffer, from: number): number {
  const found = body.indexOf(line, from)
  if (found < 0) throw broken('its boundary does not occur')
  return found + line.length
}

const broken = (what: string): Error => uploadFault('FORM_BROKEN', `the form cannot be read: ${what}`)

/** From the line end of its boundary on: lines of the head, an empty one, the body. */
function partOf(part: Buffer): Part {
  const end = part.indexOf('\r\n\r\n')
  if (end < 0 || end > longestHead) throw broken('a part has no end of its head')
  const head = part.subarray(2, end).toString('utf8').split('\r\n')
  const disposition = valueOf(head, 'content-disposition') ?? ''
  const name = parameterOf(disposition, 'name')
  if (name === undefined) throw broken('a part has no name')
  return { name, fileName: parameterOf(disposition, 'filename'), type: valueOf(head, 'content-type'), body: part.subarray(end + 4) }
}

function valueOf(head: readonly string[], field: string): string | undefined {
  const line = head.find((one) => one.slice(0, one.indexOf(':')).trim().toLowerCase() === field)
  return line?.slice(line.indexOf(':') + 1).trim()
}

/** As browsers write it: in quotes, in which a quote is `%22` or follows a backslash. */
function parameterOf(disposition: string, name: string): string | undefined {
  const quoted = new RegExp(`;\\s*${name}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(disposition)?.[1]
  if (quoted !== undefined) return quoted.replaceAll(/\\(["\\])/g, '$1').replaceAll('%22', '"')
  return new RegExp(`;\\s*${name}=([^";\\s]+)`, 'i').exec(disposition)?.[1]
}
