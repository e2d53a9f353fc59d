import { operator } from '../../../src/access/operator.js'
import { createInProcessAnalyst } from '../../../src/analyst/in-process.js'
import type { Answered, VersionContent } from '../../../src/analyst/analyst.js'
import { readInput } from '../../../src/cli/input/read-input.js'
import { readProxyConfig } from '../../../src/operations/questions/read-proxy-config.js'
import type { VisibilityQuestion } from '../../../src/engine/model/question.js'
import type { Door, OpenDoor } from '../door.js'

const valueOf = <T>(answered: Answered<T>): T => {
  if ('problem' in answered) throw new Error(JSON.stringify(answered.problem))
  return answered.value
}

/** The engine itself, in this thread, on the files. */
export const engineDoor = (): Door => {
  const analyst = createInProcessAnalyst()
  return { name: 'engine', open, close: () => analyst.close() }

  async function open(folder: string): Promise<OpenDoor> {
    const prepared = valueOf(await analyst.ask('prepare', { upload: await uploadOf(folder) }))
    const contents = new Map(prepared.contents.map(({ digest, body }) => [digest, body]))
    const load: VersionContent['load'] = async (digests) =>
      new Map(digests.flatMap((digest) => (contents.has(digest) ? [[digest, contents.get(digest)?.slice() as Uint8Array]] : [])))
    const version: VersionContent = { ...prepared, load }
    return {
      reachability: async (from, to, at) =>
        valueOf(valueOf(await analyst.ask('reachability', { questions: [{ from, to, at }], at: Date.parse(at) }, version))[0] as never),
      visibility: async (from) => ({
        services: await allPages(
          async (after) => valueOf(await analyst.ask('visibility', { question: question(from, after) }, version)),
          ({ services }) => services,
        ),
        hidden: await allPages(
          async (after) => valueOf(await analyst.ask('hidden', { question: question(from, after) }, version)),
          ({ hidden }) => hidden,
        ),
      }),
      trust: async (client, server, at) =>
        valueOf(await analyst.ask('trust', { question: { client, server, at }, at: Date.parse(at) }, version)),
      proxyConfig: (from) => readProxyConfig({ analyst, caller: operator }, version, { from: from ?? null }),
      deployment: async () => valueOf(await analyst.ask('deployment', {}, version)),
      report: async () => valueOf(await analyst.ask('report', { at: Date.parse('2026-11-20T00:00:00Z') }, version)),
      findings: async () => valueOf(await analyst.ask('report', { at: Date.parse('2026-11-20T00:00:00Z') }, version)).findings,
    }
  }
}

/** A folder as the command line reads it. */
const uploadOf = async (folder: string) =>
  (await readInput({ operands: [folder], value: () => undefined, values: () => [], has: () => false })).upload

const question = (from: VisibilityQuestion['from'], after: string | undefined): VisibilityQuestion => ({
  from,
  endpoints: true,
  first: 100,
  ...(after === undefined ? {} : { after }),
})

const allPages = async <A extends { readonly page: { readonly nextCursor: string | null } }, T>(
  ask: (after: string | undefined) => Promise<A>,
  itemsOf: (answer: A) => readonly T[],
): Promise<T[]> => {
  const items: T[] = []
  for (let after: string | undefined, more = true; more; ) {
    const answer = await ask(after)
    items.push(...itemsOf(answer))
    more = answer.page.nextCursor !== null
    after = answer.page.nextCursor ?? undefined
  }
  return items
}
