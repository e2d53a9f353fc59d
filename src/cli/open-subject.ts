import type { Flag, Surroundings } from './command.js'
import type { Subject } from './subject.js'
import { subjectOfFiles } from './subject-of-files.js'
import { subjectOnServer } from './subject-on-server.js'

export const serverFlag: Flag = { takes: 'URL', says: 'ask this server; PATH is then `NAME[@REF]`, a topology and a version of it' }

export const pathNote = 'PATH is a file, a directory with a `topology.yaml`, `-` for standard input, or with `--server URL` `NAME[@REF]`.'

export const openSubject = (path: string, server: string | undefined, surroundings: Surroundings): Subject =>
  server === undefined ? subjectOfFiles(path, surroundings) : subjectOnServer(path, server)
