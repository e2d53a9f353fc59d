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
    const prepared = valueOf(await analyst.prepare(await uploadOf(folder)))
    const contents = new Map(prepared.contents.map(({ digest, body }) => [digest, body]))
    const load: VersionContent['load'] = async (digests) =>
      new Map(digests.flatMap((digest) => (contents.has(digest) ? [[digest, contents.get(digest)?.slice() as Uint8Array]] : [])))
    const version: VersionContent = { ...prepared, load }
    return {
      reachability: async (from, to, at) => valueOf((await analyst.reachability(version, [{ from, to, at }], Date.parse(at)))[0] as never),
      visibility: async (from) => ({
        services: await allPages(
          async (after) => valueOf(await analyst.visibility(version, question(from, after), 0)),
          ({ services }) => services,
        ),
        hidden: await allPages(
          async (after) => valueOf(await analyst.hidden(version, question(from, after), 0)),
          ({ hidden }) => hidden,
        ),
      }),
      trust: async (client, server, at) => valueOf(await analyst.trust(version, { client, server, at }, Date.parse(at))),
      proxyConfig: (from) => readProxyConfig({ analyst }, version, { from: from ?? null }),
      deployment: async () => valueOf(await analyst.deployment(version)),
      report: async () => valueOf(await analyst.report(version, Date.parse('2026-11-20T00:00:00Z'))),
      findings: async () => valueOf(await analyst.report(version, Date.parse('2026-11-20T00:00:00Z'))).findings,
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
