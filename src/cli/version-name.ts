import { namePattern } from '#engine/model/stored/stored-version'
import { failure } from './failure.js'

const name = new RegExp(namePattern)
const ref = /^(sha256:[0-9a-f]{64}|[-a-z0-9]{1,63})$/

export interface VersionName {
  readonly topology: string
  readonly ref: string
}

/** `NAME[@REF]`: a topology on a server and a version of it, the newest unless stated. */
export function readVersionName(text: string): VersionName {
  const [topology = '', version = 'latest', ...rest] = text.split('@')
  if (name.test(topology) && ref.test(version) && rest.length === 0) return { topology, ref: version }
  const hint = 'a topology of the server is written `NAME` or `NAME@REF`, REF being a number, a tag, `latest` or `sha256:…`'
  throw failure('input', `\`${text}\` is not the name of a version: ${hint}`)
}
