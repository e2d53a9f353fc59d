import type { IdentityTrust } from '#engine/model/identity-trust'
import type { ReachabilityQuestion, TrustQuestion, VisibilityQuestion } from '#engine/model/question'
import type { Reachability } from '#engine/model/reachability'
import type { Report } from '#engine/model/report'
import type { ServiceVisibility } from '#engine/model/visibility'
import type { Flag, Surroundings } from './command.js'
import { subjectOfFiles } from './subject-of-files.js'
import { subjectOnServer } from './subject-on-server.js'

/** What questions are asked about, wherever it is: a document at hand, or a version that a server keeps. */
export interface Subject {
  reachability(question: ReachabilityQuestion): Promise<Reachability>
  visibility(question: VisibilityQuestion): Promise<ServiceVisibility>
  /** The page of services that the source does not see. */
  hidden(question: VisibilityQuestion): Promise<ServiceVisibility>
  trust(question: TrustQuestion): Promise<IdentityTrust>
  report(): Promise<Report>
}

export const serverFlag: Flag = { takes: 'URL', says: 'ask this server; PATH is then `NAME[@REF]`, a topology and a version of it' }

export const pathNote = 'PATH is a file, a directory with a `topology.yaml`, `-` for standard input, or with `--server URL` `NAME[@REF]`.'

export const openSubject = (path: string, server: string | undefined, surroundings: Surroundings): Subject =>
  server === undefined ? subjectOfFiles(path, surroundings) : subjectOnServer(path, server)
