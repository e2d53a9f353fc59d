import { expect, it } from 'vitest'
import { type Manifest, clientOf, deployment, west, world } from '../../analysis/calling.js'

const injector = (values: Manifest): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'istio-sidecar-injector', namespace: 'istio-system' },
  data: { values: JSON.stringify(values) },
})
const jobs = { matchLabels: { kind: 'job' } }
const build = { matchExpressions: [{ key: 'kind', operator: 'In', values: ['build', 'job'] }] }
const selectors = (never: readonly Manifest[], always: readonly Manifest[] = []): Manifest => ({
  sidecarInjectorWebhook: { neverInjectSelector: never, alwaysInjectSelector: always },
})
const disabled = { global: { proxy: { autoInject: 'disabled' } } }

it.each([
  ['takes all', {}, { kind: 'job' }, 'SIDECAR'],
  ['leaves out what a selector takes', selectors([jobs]), { kind: 'job' }, 'NONE'],
  ['by expressions too', selectors([build]), { kind: 'build' }, 'NONE'],
  ['and nothing else', selectors([jobs]), { kind: 'web' }, 'SIDECAR'],
  ['a selector of nothing is none', selectors([{}]), { kind: 'job' }, 'SIDECAR'],
  ['a pod says more', selectors([jobs]), { kind: 'job', 'sidecar.istio.io/inject': 'true' }, 'SIDECAR'],
  ['never comes before always', selectors([jobs], [build]), { kind: 'job' }, 'NONE'],
  ['takes nobody that does not ask', disabled, { kind: 'web' }, 'NONE'],
  ['but who asks', disabled, { kind: 'web', 'sidecar.istio.io/inject': 'true' }, 'SIDECAR'],
  ['or is always taken', { ...disabled, ...selectors([], [jobs]) }, { kind: 'job' }, 'SIDECAR'],
])('an injector %s (MODEL-28)', (_how, values, labels, dataPlane) => {
  const snapshot = world({ clusters: { west: west(injector(values), deployment('shop/one', labels)) } })
  expect(clientOf(snapshot, 'west/shop/one').workload.dataPlane).toBe(dataPlane)
})
