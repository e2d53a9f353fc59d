import type { Server } from './server/server.js'
import type { Flag, Given, Surroundings } from './command.js'
import { tokenFlag } from './server/server-flags.js'
import { failure } from './failure.js'
import { inputFlags } from './input/read-input.js'
import type { Subject } from './subject.js'
import { subjectOfFiles } from './subject-of-files.js'
import { subjectOnServer } from './subject-on-server.js'

export const serverFlag: Flag = { takes: 'URL', says: 'ask this server; PATH is then `NAME[@REF]`, a topology and a version of it' }

/** Flags that say what is asked about. */
export const subjectFlags: Readonly<Record<string, Flag>> = { ...inputFlags, server: serverFlag, token: tokenFlag }

/** What PATH may be, for the help of every command that reads files. */
export const pathNote = [
  'PATH is a topology.yaml or a directory with one; or ordinary Kubernetes objects, YAML or JSON: files, directories, several of them, or',
  '`-` for standard input.',
].join('\n')

export function openSubject(given: Given, surroundings: Surroundings, server: Server | undefined): Subject {
  if (server === undefined) return subjectOfFiles(given, surroundings)
  const [name = '', extra] = given.operands
  if (extra !== undefined) throw failure('input', `\`${extra}\` is one word too many: a server is asked about one version`)
  const flag = Object.keys(inputFlags).find((each) => given.has(each))
  if (flag !== undefined) throw failure('input', `\`--${flag}\` is about files, and with \`--server\` none are read`)
  return subjectOnServer(name, server)
}
