import { describe, expect, it } from 'vitest'
import { traceCall } from '#engine/analysis/trace-call'
import { isProblem } from '#engine/model/app-error'
import type { ReachabilityQuestion } from '#engine/model/question'
import { remedyFinder } from '#engine/remedies/find-remedies'
import { alsoOpens } from '#engine/remedies/told/also-opens'
import { changeSnapshot } from '#engine/simulate/change-snapshot'
import { putManifests } from '#engine/simulate/put-manifests'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { snapshotOf } from '../from-yaml.js'
import { cluster, deployment, namespace, object, service, topology } from './mesh-yaml.js'
import { asks, moment, objectsOf, traceOf } from './remedies-of.js'

const callers = object(
  'AuthorizationPolicy',
  'shop/callers',
  '{ selector: { matchLabels: { app: cart } }, rules: [{ from: [{ source: { principals: [x/ns/y/sa/z] } }] }] }',
)
const strict = object('PeerAuthentication', 'shop/strict', '{ mtls: { mode: STRICT } }')
const shop = [namespace('shop'), deployment('shop/web'), deployment('shop/api'), deployment('shop/cart'), service('shop/cart')]
const bare = ['batch/job', 'batch/cron', 'batch/report'].map((name) => deployment(name))
const west = (...more: readonly string[]) => snapshotOf(topology(cluster('west', 'remoteSecrets: []', [...shop, ...more])))

const remediesFor = (snapshot: Snapshot, question: ReachabilityQuestion) =>
  remedyFinder(snapshot)(question, traceOf(snapshot, question), moment)

/** Every workload of the document, asked one by one before and after. */
const openedOneByOne = (before: Snapshot, after: Snapshot, asked: ReachabilityQuestion): readonly string[] => {
  const all = [...before.clusters.values()].flatMap((one) => one.namespaceNames.flatMap((home) => one.workloads(home)))
  const reaches = (snapshot: Snapshot, from: ReachabilityQuestion['from']): boolean => {
    const trace = traceCall(snapshot, { from, to: { ...asked.to, host: 'cart.shop' } }, moment)
    return !isProblem(trace) && trace.verdict === 'REACHABLE'
  }
  return all
    .filter(({ owner }) => owner.name !== asked.from.workload)
    .flatMap(({ cluster: place, namespace: home, owner }) => {
      const from = { cluster: place, namespace: home, workload: owner.name }
      return reaches(after, from) && !reaches(before, from) ? [`\`${place}/${home}/${owner.name}\``] : []
    })
    .sort()
}

describe('what a remedy opens besides', () => {
  it('is not looked for unless somebody asks', () => {
    const remedies = remediesFor(west(callers), asks('west/shop/web', 'cart:80'))
    expect(remedies.map((one) => one.alsoOpens)).toEqual([null])
  })

  it('is nothing where it allows this caller alone (AUTHZ-6, AUTHZ-10)', () => {
    const remedies = remediesFor(west(callers), { ...asks('west/shop/web', 'cart:80'), alsoOpens: true })
    expect(remedies.map((one) => [one.controlPlane, one.alsoOpens])).toEqual([['west', { count: 0, examples: [], complete: true }]])
  })

  it('is every other workload that is let in with it, and the narrowest comes first (TLS-11)', () => {
    const before = west(strict, namespace('batch', 'team: data'), ...bare)
    const remedies = remediesFor(before, { ...asks('west/batch/job', 'cart.shop:80'), alsoOpens: true })
    const counts = remedies.map((one) => one.alsoOpens?.count ?? -1)
    expect(counts).toEqual([...counts].sort((a, b) => a - b))
    expect(remedies.length).toBeGreaterThan(1)
    for (const remedy of remedies) {
      const manifests = objectsOf(remedy)
      const after = changeSnapshot(before, { clusters: new Map([['west', (resources) => putManifests(resources, manifests)]]) })
      const opened = openedOneByOne(before, after, asks('west/batch/job', 'cart.shop:80'))
      expect(remedy.alsoOpens).toMatchObject({ count: opened.length, examples: opened.slice(0, 3), complete: true })
    }
  })

  it('is any other request of the caller, where the change does not keep to the one that was asked about', () => {
    const before = west(callers)
    const wide = object(
      'AuthorizationPolicy',
      'shop/wide',
      '{ rules: [{ from: [{ source: { principals: [cluster.local/ns/shop/sa/web] } }] }] }',
    )
    const after = west(callers, wide)
    const get = { ...asks('west/shop/web', 'cart:80'), to: { host: 'cart', port: 80, method: 'GET', path: '/a' } }
    expect(alsoOpens({ before, after }, get, moment)).toEqual({
      count: 1,
      examples: ['any other request of the same caller'],
      complete: true,
    })
  })
})
