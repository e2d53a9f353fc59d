import { askHidden } from '#operations/ask-hidden'
import { askReachability } from '#operations/ask-reachability'
import { askTrust } from '#operations/ask-trust'
import { askVisibility } from '#operations/ask-visibility'
import type { Asking } from '#operations/dependencies'
import { openDocument } from '#operations/open-document'
import { validateDocument } from '#operations/validate-document'
import { readPath } from './read-path.js'
import type { Subject } from './subject.js'

/** A document on this machine, analysed in this process and read when the first question comes. */
export function subjectOfFiles(path: string, asking: Asking): Subject {
  let opened: ReturnType<typeof openDocument> | undefined
  const content = async () => (await (opened ??= readPath(path).then((upload) => openDocument(asking, upload)))).content
  return {
    reachability: async (question) => askReachability(asking, await content(), question),
    visibility: async (question) => askVisibility(asking, await content(), question),
    hidden: async (question) => askHidden(asking, await content(), question),
    trust: async (question) => askTrust(asking, await content(), question),
    report: async () => validateDocument(asking, await readPath(path)),
  }
}
