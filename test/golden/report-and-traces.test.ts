import { describe, expect, it } from 'vitest'
import { errorsThatStopNothing, stopsThatNobodyTells } from './contradictions.js'
import { snapshotOfPath } from './read-folder.js'
import { scenariosIn } from './scenario.js'

const scenarios = ['examples', 'test/golden/scenarios'].flatMap(scenariosIn)

describe.each(scenarios)('the report and the answers about $name do not contradict each other', ({ folder, expectations }) => {
  it('a finding that something does not work on a call’s path goes with a call that does not arrive', async () => {
    expect(errorsThatStopNothing(await snapshotOfPath(folder))).toEqual([])
  })

  it('a call that is stopped by what a rule describes has that rule’s finding', async () => {
    expect(stopsThatNobodyTells(await snapshotOfPath(folder), expectations.reachability ?? [])).toEqual([])
  })
})
