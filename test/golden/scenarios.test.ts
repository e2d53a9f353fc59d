import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Report } from '../../src/engine/model/report.js'
import { type OpenService, openService } from '../rest/open-service.js'
import { checkCall, checkFindings, checkVisibility } from './check-expectations.js'
import type { OpenDoor } from './door.js'
import { cliDoor } from './doors/cli.js'
import { engineDoor } from './doors/engine.js'
import { graphqlDoor } from './doors/graphql.js'
import { restDoor } from './doors/rest.js'
import { scenariosIn } from './scenario.js'

const moment = '2026-11-20T12:00:00Z'
const scenarios = ['examples', 'test/golden/scenarios'].filter((folder) => existsSync(folder)).flatMap(scenariosIn)

/** One service for all stories, because opening its database takes seconds. */
let service: OpenService
const engine = engineDoor()
const otherDoors = [restDoor(() => service), graphqlDoor(() => service), cliDoor()]

beforeAll(async () => {
  service = await openService({}, () => Date.parse('2026-11-20T00:00:00Z'))
})
afterAll(async () => {
  await Promise.all([engine, ...otherDoors].map((door) => door.close()))
  await service?.close()
})

describe.each(scenarios)('$name', ({ folder, expectations }) => {
  let topology: OpenDoor
  let others: readonly (OpenDoor & { readonly name: string })[]
  beforeAll(async () => {
    topology = await engine.open(folder)
    others = await Promise.all(otherDoors.map(async (door) => ({ ...(await door.open(folder)), name: door.name })))
  })

  /** The engine's answer, once every other door gave the same; a door that does not know the question says `undefined`. */
  const ask = async <T>(question: (door: OpenDoor) => Promise<T>): Promise<T> => {
    const answer = await question(topology)
    for (const door of others) {
      const told = await question(door)
      if (told !== undefined) expect(withoutFiles(told), `${door.name} agrees with the engine`).toEqual(withoutFiles(answer))
    }
    return answer
  }

  it.each(expectations.reachability ?? [])('$name', async (call) => {
    checkCall(await ask((door) => door.reachability(call.from, call.to, call.at ?? moment)), call)
  })

  it.each(expectations.visibility ?? [])('shows $from the services it should see', async (wanted) => {
    checkVisibility(await ask((door) => door.visibility(wanted.from)), wanted)
  })

  it.each(expectations.trust ?? [])('trust between $client and $server is $expect.verdict', async (wanted) => {
    const answer = await ask((door) => door.trust(wanted.client, wanted.server, wanted.at ?? moment))
    expect(answer.verdict, answer.summary).toBe(wanted.expect.verdict)
    if (wanted.expect.reason) expect(answer.reason, answer.summary).toBe(wanted.expect.reason)
  })

  it('tells the same of what proxies are given through every door, of all and of those that were asked about', async () => {
    const { answers } = await ask((door) => door.proxyConfig())
    for (const place of new Set(answers.flatMap(({ proxies }) => proxies.map(({ proxy }) => proxy.split('/').slice(0, 2).join('/'))))) {
      const [cluster = '', namespace = ''] = place.split('/')
      const some = await ask((door) => door.proxyConfig({ cluster, namespace }))
      expect(some.answers.flatMap(({ proxies }) => proxies)).toEqual(
        answers.flatMap(({ proxies }) => proxies.filter(({ proxy }) => proxy.startsWith(`${place}/`))),
      )
    }
  })

  it.runIf(expectations.deployment)('is classified as the deployment model it shows', async () => {
    expect(await ask((door) => door.deployment())).toEqual(expectations.deployment)
  })

  it.runIf(expectations.findings)('has exactly the findings that were planted', async () => {
    await ask((door) => door.findings())
    checkFindings((await ask((door) => door.report())) as Report, expectations.findings ?? [])
  })

  it.runIf(expectations.assertions)('holds the verdicts that the document states to what they are', async () => {
    const { assertions } = (await ask((door) => door.report())) as Report
    expect(assertions.map(({ name, verdict, passed }) => ({ name, verdict, passed }))).toEqual(expectations.assertions)
  })

  it.runIf(expectations.suppressed)('leaves out the findings that the document accepts, and counts them', async () => {
    const { summary } = (await ask((door) => door.report())) as Report
    expect(summary.suppressed).toBe(expectations.suppressed)
  })
})

/**
 * A body has no file name where a folder has one; the lines are the same. Of a part of an object the line of that part is told while its text is at
 * hand, and of a stored version that of the object.
 */
const withoutFiles = (answer: unknown): unknown =>
  JSON.parse(
    JSON.stringify(answer, function (this: Readonly<Record<string, unknown>>, key, value) {
      if (key !== 'source' || value === null) return value
      const isOfPart = typeof this['path'] === 'string'
      return { file: null, line: isOfPart ? null : value.line }
    }),
  )
