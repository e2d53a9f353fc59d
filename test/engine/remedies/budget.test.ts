import { expect, it } from 'vitest'
import { remedyFinder } from '#engine/remedies/find-remedies'
import { snapshotOf } from '../from-yaml.js'
import { cluster, deployment, namespace, object, service, topology } from './mesh-yaml.js'
import { asks, moment, traceOf } from './remedies-of.js'

const callers = object('AuthorizationPolicy', 'shop/callers', '{ rules: [{ from: [{ source: { namespaces: [nobody] } }] }] }')
const parts = [namespace('shop'), deployment('shop/web'), deployment('shop/cart'), service('shop/cart'), callers]
const snapshot = snapshotOf(topology(cluster('west', 'remoteSecrets: []', parts)))
const question = asks('west/shop/web', 'cart:80')

it('tries 25 changed versions for all questions of one request, and the questions after that go without', () => {
  const find = remedyFinder(snapshot)
  const trace = traceOf(snapshot, question)
  const found = Array.from({ length: 30 }, () => find(question, trace, moment).length)
  expect(found).toEqual([...Array<number>(25).fill(1), ...Array<number>(5).fill(0)])
})

it('has no limit to share between requests', () => {
  const trace = traceOf(snapshot, question)
  for (let request = 0; request < 30; request += 1) expect(remedyFinder(snapshot)(question, trace, moment)).toHaveLength(1)
})

it('loses no answer to a question that it cannot understand', () => {
  const trace = traceOf(snapshot, question)
  const odd = { from: { cluster: 'nowhere' }, to: { host: '' } }
  expect(remedyFinder(snapshot)(odd, trace, moment)).toEqual([])
})
