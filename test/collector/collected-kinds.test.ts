import { expect, it } from 'vitest'
import { collectedKinds, writtenKind } from '#collector/collected-kinds'
import { kinds } from '#engine/resources/kinds'
import { kindsMeant } from '#engine/snapshot/clusters/unread-kinds'

/** Kinds that are read where somebody gives them, and not collected. */
const left = new Set([
  '/Endpoints', // EndpointSlices say the same
  'apps/ReplicaSet', // their names stand on the pods
  'batch/Job',
  'extensions/Deployment', // no API server serves these groups any more
  'extensions/NetworkPolicy',
  'projectcalico.org/NetworkPolicy', // the same objects as those of crd.projectcalico.org
  'projectcalico.org/GlobalNetworkPolicy',
  'helm.toolkit.fluxcd.io/HelmRelease', // what runs counts, not what was to be installed
  'helm.istio.io/Values',
])

it('every kind that is read is collected, or left for a reason', () => {
  const collected = new Set(collectedKinds().map(({ group, kind }) => `${group}/${kind}`))
  const read = Object.values(kinds).flatMap(({ readers }) => Object.keys(readers))
  expect([...new Set(read)].filter((key) => !collected.has(key) && !left.has(key))).toEqual([])
})

it('a kind that could not be read is written so that it means itself alone', () => {
  for (const { group, kind } of collectedKinds()) {
    const meant = [...kindsMeant(writtenKind({ group, kind, resource: '', namespaced: true }))]
    const own = Object.entries(kinds).filter(([, { readers }]) => `${group}/${kind}` in readers)
    expect(meant.sort(), `${group}/${kind}`).toEqual(own.map(([name]) => name).sort())
  }
})
