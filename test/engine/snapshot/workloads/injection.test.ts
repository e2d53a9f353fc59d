import { describe, expect, it } from 'vitest'
import { predictInjection } from '#engine/snapshot/workloads/injection'
import { snapshotOf } from '../../from-yaml.js'

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

describe('an installation that injects namespaces which say nothing (MODEL-27)', () => {
  it.each([
    ['a pod that says nothing', {}, {}, ''],
    ['a pod that opts out', {}, { [inject]: 'false' }, undefined],
    ['a namespace that opts out', { 'istio-injection': 'disabled' }, {}, undefined],
    ['a namespace of a revision', { 'istio.io/rev': '1-30' }, {}, '1-30'],
  ] as const)('%s', (_, namespaceLabels, labels, revision) => {
    expect(predictInjection({ ...pod, namespaceLabels, labels, byDefault: true })?.revision).toBe(revision)
  })

  it('says so in the values of its injector', () => {
    const values = JSON.stringify({ sidecarInjectorWebhook: { enableNamespacesByDefault: true } })
    const resources = [
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'istio-sidecar-injector', namespace: 'istio-system' }, data: { values } },
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' }, spec: { template: { spec: {} } } },
    ]
    const clusters = [{ name: 'west', controlPlane: { role: 'PRIMARY' }, resources }]
    const [workload] =
      snapshotOf(JSON.stringify({ apiVersion: 'sightline/v1', kind: 'Topology', clusters }))
        .clusters.get('west')
        ?.workloads('shop') ?? []
    expect(workload?.dataPlane).toBe('SIDECAR')
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
