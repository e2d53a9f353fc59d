import { readFile, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { glob } from 'tinyglobby'
import type { Upload } from '#analyst/analyst'
import { AppError } from '#engine/model/app-error'
import { includePatterns } from './include-patterns.js'

/** Names under which a directory holds its document, the first that exists. */
const documentNames = ['topology.yaml', 'topology.yml', 'topology.json']

/**
 * A document from a file, a directory with a `topology.yaml`, or standard input (`-`), with the files that it includes.
 *
 * Includes are patterns relative to the document; what leads out of its directory is refused, by way of links too.
 */
export const readPath = async (path: string): Promise<Upload> => {
  if (path === '-') {
    const body = await buffer(process.stdin)
    return { body, mediaType: mediaTypeOf('', body) }
  }
  const file = await documentFile(path)
  const body = await readFile(file)
  const name = basename(file)
  const mediaType = mediaTypeOf(name, body)
  const patterns = includePatterns(body)
  return { body, mediaType, name, files: await includedFiles(dirname(file), name, patterns) }
}

const documentFile = async (path: string): Promise<string> => {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) throw new AppError('PARAMETER_INVALID', `there is no file or directory \`${path}\``)
  if (!found.isDirectory()) return path
  for (const name of documentNames) {
    const file = join(path, name)
    if ((await stat(file).catch(() => undefined))?.isFile()) return file
  }
  throw new AppError('PARAMETER_INVALID', `the directory \`${path}\` has no \`${documentNames[0]}\``)
}

const mediaTypeOf = (name: string, body: Uint8Array): Upload['mediaType'] => {
  if (name.endsWith('.json')) return 'application/json'
  return /^\s*\{/.test(new TextDecoder().decode(body.subarray(0, 256))) && name === '' ? 'application/json' : 'application/yaml'
}

const refuseEscape = (file: string, what: string): never => {
  const detail = `${what} leads out of the document’s directory`
  throw new AppError('DOCUMENT_INVALID', detail, { errors: [{ code: 'INCLUDE_ESCAPES', detail, source: { file, line: null } }] })
}

const includedFiles = async (directory: string, document: string, patterns: readonly string[]): Promise<NonNullable<Upload['files']>> => {
  for (const pattern of patterns) {
    const escapes = /^(?:[/\\~]|[A-Za-z]:)/.test(pattern) || pattern.split(/[/\\]/).includes('..')
    if (escapes) refuseEscape(document, `the include pattern \`${pattern}\``)
  }
  if (patterns.length === 0) return []
  const found = await glob([...patterns], { cwd: directory, onlyFiles: true, followSymbolicLinks: false, expandDirectories: false })
  const root = await realpath(directory)
  const paths = found.map((path) => path.split(sep).join('/')).toSorted()
  const files: { path: string; body: Uint8Array }[] = []
  for (const path of paths) {
    const real = relative(root, await realpath(join(directory, path)))
    if (real.startsWith('..')) refuseEscape(document, `the included file \`${path}\``)
    if (path !== document) files.push({ path, body: await readFile(join(directory, path)) })
  }
  return files
}
