import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { changeSnapshot } from '#engine/simulate/change-snapshot'
import { putManifests } from '#engine/simulate/put-manifests'
import type { ClusterResources } from '#engine/resources/cluster-resources'
import { crowded, tellers } from './crowds.js'
import { ask, questionsOf, read, topologies } from './topologies.js'

/** Whatever the header states is taken for different, so that nothing is shared. */
const stated = <T extends object>(header: T): T => ({ ...header })

it('a changed version that shares what nothing of the change is part of answers like one that is built anew', () => {
  const seen = { changed: 0 }
  fc.assert(
    fc.property(
      crowded(topologies({ clusters: 2 })),
      fc.subarray([...tellers], { minLength: 1, maxLength: 3 }),
      fc.constantFrom('west', 'east'),
      (topology, added, place) => {
        const { snapshot } = read(topology)
        const questions = questionsOf(topology)
        const before = questions.map((question) => ask(snapshot, question))
        const [first] = snapshot.clusters.keys()
        const put = (resources: ClusterResources): ClusterResources => putManifests(resources, added)
        const clusters = new Map([[snapshot.clusters.has(place) ? place : (first ?? ''), put]])
        const [shared, anew] = [changeSnapshot(snapshot, { clusters }), changeSnapshot(snapshot, { clusters, header: stated })]
        const answers = questions.map((question) => ask(shared, question))
        expect(answers).toEqual(questions.map((question) => ask(anew, question)))
        if (JSON.stringify(answers) !== JSON.stringify(before)) seen.changed += 1
        expect(questions.map((question) => ask(snapshot, question))).toEqual(before)
      },
    ),
    { numRuns: 60 },
  )
  expect(seen.changed).toBeGreaterThan(10)
})
