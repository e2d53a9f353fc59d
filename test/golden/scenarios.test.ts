import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkCall, checkFindings, checkVisibility } from './check-expectations.js'
import type { OpenDoor } from './door.js'
import { engineDoor } from './doors/engine.js'
import { scenariosIn } from './scenario.js'

const moment = '2026-11-20T12:00:00Z'
const scenarios = ['examples', 'test/golden/scenarios'].filter((folder) => existsSync(folder)).flatMap(scenariosIn)
const engine = engineDoor()

afterAll(() => engine.close())

describe.each(scenarios)('$name', ({ folder, expectations }) => {
  let topology: OpenDoor
  beforeAll(async () => {
    topology = await engine.open(folder)
  })

  it.each(expectations.reachability ?? [])('$name', async (call) => {
    checkCall(await topology.reachability(call.from, call.to, call.at ?? moment), call)
  })

  it.each(expectations.visibility ?? [])('shows $from the services it should see', async (wanted) => {
    checkVisibility(await topology.visibility(wanted.from), wanted)
  })

  it.each(expectations.trust ?? [])('trust between $client and $server is $expect.verdict', async (wanted) => {
    const answer = await topology.trust(wanted.client, wanted.server, wanted.at ?? moment)
    expect(answer.verdict, answer.summary).toBe(wanted.expect.verdict)
    if (wanted.expect.reason) expect(answer.reason, answer.summary).toBe(wanted.expect.reason)
  })

  it.runIf(expectations.deployment)('is classified as the deployment model it shows', async () => {
    expect(await topology.deployment()).toEqual(expectations.deployment)
  })

  it.runIf(expectations.findings)('has exactly the findings that were planted', async () => {
    checkFindings(await topology.report(), expectations.findings ?? [])
  })
})
