import { askHidden } from '#operations/questions/ask-hidden'
import { askProxyConfig } from '#operations/questions/ask-proxy-config'
import { askReachability } from '#operations/questions/ask-reachability'
import { askTrust } from '#operations/questions/ask-trust'
import { askVisibility } from '#operations/questions/ask-visibility'
import type { Asking } from '#operations/dependencies'
import { openDocument } from '#operations/documents/open-document'
import { validateDocument } from '#operations/documents/validate-document'
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
    proxyConfig: async (question) => askProxyConfig(asking, await content(), question),
    report: async () => validateDocument(asking, await readPath(path)),
  }
}
