import { describe, expect, it } from 'vitest'
import { predictInjection } from '#engine/snapshot/workloads/injection'

const pod = { namespace: 'shop', labels: {}, annotations: {}, spec: { hostNetwork: false } }
const inject = 'sidecar.istio.io/inject'

describe('which webhook takes a pod (MODEL-27)', () => {
  it.each([
    ['a namespace with istio-injection=enabled', { 'istio-injection': 'enabled' }, {}, ''],
    ['… but not a pod that opts out', { 'istio-injection': 'enabled' }, { [inject]: 'false' }, undefined],
    ['a namespace of a revision', { 'istio.io/rev': '1-30' }, {}, '1-30'],
    ['… but not a pod that opts out', { 'istio.io/rev': '1-30' }, { [inject]: 'false' }, undefined],
    ['istio-injection beats the revision of the namespace', { 'istio-injection': 'enabled', 'istio.io/rev': '1-30' }, {}, ''],
    ['istio-injection=disabled is never overruled', { 'istio-injection': 'disabled' }, { [inject]: 'true' }, undefined],
    ['a pod of a revision in an unlabelled namespace', {}, { 'istio.io/rev': '1-30' }, '1-30'],
    ['a pod that asks in an unlabelled namespace', {}, { [inject]: 'true' }, ''],
    ['a pod that says nothing in an unlabelled namespace', {}, {}, undefined],
    ['the revision called default is the default one', { 'istio.io/rev': 'default' }, {}, ''],
  ] as const)('%s', (_, namespaceLabels, labels, revision) => {
    expect(predictInjection({ ...pod, namespaceLabels, labels })?.revision).toBe(revision)
  })
})

describe('inside the webhook (MODEL-28)', () => {
  const namespaceLabels = { 'istio-injection': 'enabled' }

  it('a pod on the host network is never injected', () => {
    expect(predictInjection({ ...pod, namespaceLabels, spec: { hostNetwork: true } })).toBeUndefined()
  })

  it('system namespaces are never injected', () => {
    expect(predictInjection({ ...pod, namespace: 'kube-system', namespaceLabels })).toBeUndefined()
  })

  it('the label beats the annotation of the same name', () => {
    expect(predictInjection({ ...pod, namespaceLabels, annotations: { [inject]: 'false' } })).toBeUndefined()
    expect(predictInjection({ ...pod, namespaceLabels, annotations: { [inject]: 'false' }, labels: { [inject]: 'true' } })?.revision).toBe(
      '',
    )
  })
})

describe('a namespace whose object is not given', () => {
  it('is assumed to be injected, unless the pod says otherwise', () => {
    expect(predictInjection({ ...pod, namespaceLabels: undefined })).toEqual({ revision: '', assumed: true })
    expect(predictInjection({ ...pod, namespaceLabels: undefined, labels: { [inject]: 'false' } })).toBeUndefined()
    expect(predictInjection({ ...pod, namespaceLabels: undefined, labels: { 'istio.io/rev': 'x' } })).toEqual({
      revision: 'x',
      assumed: false,
    })
  })
})
