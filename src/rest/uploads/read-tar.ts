/**
 * Which files does a tar archive hold?
 *
 * As `tar`, `git archive` and npm write it: ustar with the long names of GNU and of pax. Bytes are not copied, links are not followed, and what is
 * neither file nor directory is passed over.
 */
import { mostFiles, type SentFile, safePath } from './sent-file.js'
import { uploadFault } from './upload-fault.js'

/** What an archive holds: its files, and the names of its links. */
export interface Archive {
  readonly files: readonly SentFile[]
  readonly links: readonly string[]
}

const block = 512
/** Of a name or of a pax header; more is no name. */
const longestHeader = 64 * 1024

interface Entry {
  readonly type: string
  readonly name: string
  readonly body: Buffer
}

export function readTar(archive: Buffer): Archive {
  const files: SentFile[] = []
  const links: string[] = []
  /** Of the entry that follows. */
  let longName: string | undefined
  for (const entry of entriesOf(archive)) {
    const { type, body } = entry
    if (type === 'L' || type === 'x') {
      longName = type === 'L' ? textOf(body) : (paxPath(body) ?? longName)
      continue
    }
    const name = longName ?? entry.name
    longName = undefined
    if (type === '0' || type === '7') files.push({ path: safePath(name), body })
    if (type === '1' || type === '2') links.push(safePath(name))
    if (files.length + links.length > mostFiles) throw uploadFault('TOO_MANY_FILES', `the archive holds more than ${mostFiles} files`)
  }
  return { files, links }
}

function* entriesOf(archive: Buffer): Generator<Entry> {
  for (let at = 0; at + block <= archive.length; ) {
    const header = archive.subarray(at, at + block)
    if (header.every((byte) => byte === 0)) return
    if (!hasItsSum(header)) throw broken(at === 0 ? 'the body is no tar archive' : 'the archive is broken')
    const size = numberOf(header.subarray(124, 136))
    const begin = at + block
    if (!Number.isSafeInteger(size) || size < 0 || begin + size > archive.length) throw broken('the archive ends in the middle of a file')
    const type = header[156] === 0 ? '0' : String.fromCharCode(header[156] ?? 0)
    if ('Lx'.includes(type) && size > longestHeader) throw broken('the name of a file in the archive is too long')
    yield { type, name: nameOf(header), body: archive.subarray(begin, begin + size) }
    at = begin + Math.ceil(size / block) * block
  }
}

const broken = (detail: string): Error => uploadFault('ARCHIVE_BROKEN', detail)

/** The sum of all bytes, with spaces for the sum itself. */
function hasItsSum(header: Buffer): boolean {
  let sum = 0
  for (const [at, byte] of header.entries()) sum += at >= 148 && at < 156 ? 32 : byte
  return sum === numberOf(header.subarray(148, 156))
}

/** Octal digits, or, from 8 GiB on, binary. */
function numberOf(field: Buffer): number {
  if (((field[0] ?? 0) & 0x80) !== 0) return field.subarray(1).reduce((sum, byte) => sum * 256 + byte, (field[0] ?? 0) & 0x7f)
  const digits = textOf(field).trim()
  return digits === '' ? 0 : /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN
}

const textOf = (field: Buffer): string => {
  const end = field.indexOf(0)
  return field.subarray(0, end < 0 ? field.length : end).toString('utf8')
}

function nameOf(header: Buffer): string {
  const [name, prefix] = [textOf(header.subarray(0, 100)), textOf(header.subarray(345, 500))]
  const isUstar = header.subarray(257, 262).toString('latin1') === 'ustar' && header[262] === 0
  return isUstar && prefix !== '' ? `${prefix}/${name}` : name
}

/** Lines `length key=value`. */
function paxPath(body: Buffer): string | undefined {
  let path: string | undefined
  for (let at = 0; at < body.length; ) {
    const space = body.indexOf(32, at)
    const length = Number(body.subarray(at, space).toString('latin1'))
    if (space < 0 || !Number.isInteger(length) || length <= 0) return path
    const line = body.subarray(space + 1, at + length - 1).toString('utf8')
    if (line.startsWith('path=')) path = line.slice('path='.length)
    at += length
  }
  return path
}
