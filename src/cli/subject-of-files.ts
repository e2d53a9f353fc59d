import { askHidden } from '#operations/questions/ask-hidden'
import { askProxyConfig } from '#operations/questions/ask-proxy-config'
import { askReachability } from '#operations/questions/ask-reachability'
import { askTrust } from '#operations/questions/ask-trust'
import { askVisibility } from '#operations/questions/ask-visibility'
import { describeInventory } from '#operations/questions/describe-inventory'
import { openDocument } from '#operations/documents/open-document'
import { validateDocument } from '#operations/documents/validate-document'
import type { Given, Surroundings } from './command.js'
import { takenForGranted } from './input/taken-for-granted.js'
import { readInput } from './input/read-input.js'
import type { Subject } from './subject.js'

/** Files on this machine, analysed in this process and read when the first question comes. */
export function subjectOfFiles(given: Given, surroundings: Surroundings): Subject {
  let opened: ReturnType<typeof open> | undefined
  const content = async () => (await (opened ??= open(given, surroundings))).content
  return {
    reachability: async (question) => askReachability(surroundings, await content(), question),
    visibility: async (question) => askVisibility(surroundings, await content(), question),
    hidden: async (question) => askHidden(surroundings, await content(), question),
    trust: async (question) => askTrust(surroundings, await content(), question),
    proxyConfig: async (question) => askProxyConfig(surroundings, await content(), question),
    report: () => report(given, surroundings),
    clusters: async () => (await describeInventory(surroundings, await content())).clusters,
  }
}

async function open(given: Given, surroundings: Surroundings): ReturnType<typeof openDocument> {
  const input = await readInput(given)
  const opened = await openDocument(surroundings, input.upload)
  surroundings.err(takenForGranted(input, opened))
  return opened
}

async function report(given: Given, surroundings: Surroundings): ReturnType<Subject['report']> {
  const input = await readInput(given)
  const made = await validateDocument(surroundings, input.upload)
  surroundings.err(takenForGranted(input, { notes: made.findings, leftOut: made.leftOut ?? [] }))
  return made
}
