import { describe, expect, it } from 'vitest'
import { predictInjection } from '#engine/snapshot/workloads/injection'
import { isEnrolled } from '#engine/snapshot/workloads/enrolled'
import { isGatewayPod } from '#engine/snapshot/workloads/is-gateway-pod'
import { localityOf, localityOfEntry } from '#engine/snapshot/workloads/locality-of'
import { topOwnerOf } from '#engine/snapshot/workloads/owner-of'
import { parseSpiffeId, spiffeId } from '#engine/snapshot/workloads/spiffe-id'
import { snapshotOf } from '../../from-yaml.js'

const fallback = { region: 'x', zone: '', subzone: '' }

describe('an identity (TRUST-1)', () => {
  it.each([
    ['cluster.local', 'spiffe://cluster.local/ns/n/sa/a'],
    ['user@corp', 'spiffe://user.corp/ns/n/sa/a'],
  ])('in trust domain %s is %s', (trustDomain, expected) =>
    expect(spiffeId({ trustDomain, namespace: 'n', serviceAccount: 'a' })).toBe(expected),
  )

  it('without a service account is that of `default`', () => {
    expect(spiffeId({ trustDomain: 'td', namespace: 'n', serviceAccount: '' })).toBe('spiffe://td/ns/n/sa/default')
  })

  it.each(['spiffe://td/ns/n', 'spiffe://td/ns/n/sa/a/b', 'spiffe://td/sa/a/ns/n', 'td/ns/n/sa/a', 'spiffe:///ns/n/sa/a', ''])(
    'of another form, `%s`, has no parts',
    (text) => expect(parseSpiffeId(text)).toBeUndefined(),
  )

  it('read back has its parts', () => {
    expect(parseSpiffeId('spiffe://td/ns/n/sa/a')).toEqual({ trustDomain: 'td', namespace: 'n', serviceAccount: 'a' })
  })
})

describe('a locality (MODEL-33)', () => {
  it.each([
    ['r.z.s', { region: 'r', zone: 'z', subzone: 's' }],
    ['r', { region: 'r', zone: '', subzone: '' }],
    ['', fallback],
  ])('of a pod labelled `%s`', (label, expected) => expect(localityOf({ 'istio-locality': label }, undefined, fallback)).toEqual(expected))

  it.each([
    [
      { 'topology.istio.io/locality': 'a.b', 'istio-locality': 'r.z' },
      { region: 'a', zone: 'b', subzone: '' },
    ],
    [{ 'istio-locality': 'r/z.1/s' }, { region: 'r', zone: 'z.1', subzone: 's' }],
    [{ 'topology.kubernetes.io/region': 'r' }, fallback],
  ])('of labels %j, dots separating where no slash does, is %j', (labels, expected) => {
    expect(localityOf(labels, undefined, fallback)).toEqual(expected)
    expect(localityOfEntry('', labels, fallback)).toEqual(expected)
  })

  it.each([
    ['r/z/s', { region: 'r', zone: 'z', subzone: 's' }],
    ['r.z/z', { region: 'r.z', zone: 'z', subzone: '' }],
    ['', { region: 'l', zone: '', subzone: '' }],
  ])('written `%s` at an entry, whose label is `l`, is %j', (text, expected) => {
    expect(localityOfEntry(text, { 'istio-locality': 'l' }, fallback)).toEqual(expected)
  })
})

describe('what a pod belongs to', () => {
  const none = () => undefined

  it.each([
    ['ReplicaSet', 'web-5d8f', { 'pod-template-hash': '5d8f' }, 'Deployment/web'],
    ['ReplicaSet', 'web-5d8f', { 'rollouts-pod-template-hash': '5d8f' }, 'Rollout/web'],
    ['ReplicaSet', 'web', {}, 'ReplicaSet/web'],
    ['ReplicaSet', 'web-5d8f', { 'pod-template-hash': 'aaaa' }, 'ReplicaSet/web-5d8f'],
    ['Job', 'tick-28000000', {}, 'CronJob/tick'],
    ['Job', 'migrate-12', {}, 'Job/migrate-12'],
    ['StatefulSet', 'db', {}, 'StatefulSet/db'],
  ])('%s %s with labels %o is %s, where only the pod is given', (kind, name, labels, expected) => {
    const owner = topOwnerOf({ kind, name }, labels, none)
    expect(`${owner?.kind}/${owner?.name}`).toBe(expected)
  })
})

describe('a gateway’s pod (MODEL-35)', () => {
  it.each([
    ['of the gateway template', {}, { 'inject.istio.io/templates': 'sidecar, gateway' }, ['app'], true],
    ['made from a Gateway', { 'gateway.networking.k8s.io/gateway-name': 'g' }, {}, ['app'], true],
    ['of a label that ends so', { istio: 'eastwestgateway' }, {}, ['istio-proxy'], true],
    ['that runs the proxy alone', {}, {}, ['istio-proxy'], true],
    ['with an app beside the proxy', {}, {}, ['app', 'istio-proxy'], false],
    ['with only istio-init left', {}, {}, ['istio-init'], false],
    ['of an unlike template', {}, { 'inject.istio.io/templates': 'my-gateway' }, ['app'], false],
  ])('is one %s', (_, labels, annotations, containerNames, expected) => {
    expect(isGatewayPod(labels, annotations, { containerNames })).toBe(expected)
  })
})

describe('ambient (MODEL-31)', () => {
  const mode = (value: string) => ({ 'istio.io/dataplane-mode': value })

  it.each([
    ['the namespace', mode('ambient'), {}, false, true],
    ['the pod', undefined, mode('ambient'), false, true],
    ['the namespace, and not the pod', mode('ambient'), mode('none'), false, false],
    ['nobody', {}, {}, false, false],
    ['the namespace of a pod on the host network', mode('ambient'), {}, true, false],
  ])('is asked for by %s', (_, namespaceLabels, labels, hostNetwork, expected) => {
    const pod = { namespace: 'n', namespaceLabels, labels, annotations: {}, spec: { hostNetwork }, controlPlane: undefined }
    expect(isEnrolled(pod)).toBe(expected)
  })
})

describe('injection (MODEL-27, MODEL-28)', () => {
  const base = { namespace: 'shop', labels: {}, annotations: {}, spec: { hostNetwork: false } }
  const inject = 'sidecar.istio.io/inject'

  it.each([
    ['an annotation brings no webhook to an unlabelled namespace', {}, {}, { [inject]: 'true' }, undefined],
    ['a pod’s own revision does not count in a namespace of another', { 'istio.io/rev': 'a' }, { 'istio.io/rev': 'b' }, {}, 'a'],
    ['nor in a namespace of the default one', { 'istio-injection': 'enabled' }, { 'istio.io/rev': 'b' }, {}, ''],
    ['a pod that asks for injection by a revision gets that one', {}, { [inject]: 'true', 'istio.io/rev': 'b' }, {}, 'b'],
    ['a pod of a revision that opts out', {}, { [inject]: 'false', 'istio.io/rev': 'b' }, {}, undefined],
    ['any other word than enabled is none', { 'istio-injection': 'true' }, { [inject]: 'true' }, {}, undefined],
  ])('%s', (_, namespaceLabels, labels, annotations, revision) => {
    expect(predictInjection({ ...base, namespaceLabels, labels, annotations })?.revision).toBe(revision)
  })

  it.each(['kube-public', 'kube-node-lease', 'local-path-storage'])('never happens in %s, whatever its labels', (namespace) => {
    expect(
      predictInjection({ ...base, namespace, namespaceLabels: { 'istio-injection': 'enabled' }, labels: { [inject]: 'true' } }),
    ).toBeUndefined()
    expect(predictInjection({ ...base, namespace, namespaceLabels: undefined })).toBeUndefined()
  })
})

describe('the network of an endpoint (NET-1)', () => {
  const networkOf = (header: string, system: string, label: string) => {
    const snapshot = snapshotOf(`
clusters:
  - name: west
    ${header}
    controlPlane: { role: PRIMARY }
    resources:
      - { apiVersion: v1, kind: Namespace, metadata: { name: istio-system, labels: ${system} } }
controlPlanes: [{ name: west, cluster: west, meshNetworks: { networks: { registry: { endpoints: [{ fromRegistry: west }] } } } }]
`)
    return snapshot.view('west').networkOf('west', '10.0.0.1', label)
  }
  const labelled = '{ topology.istio.io/network: ns }'

  it.each([
    ['the pod’s label first', '', labelled, 'pod', 'pod'],
    ['then the system namespace’s', '', labelled, '', 'ns'],
    ['then that of the registry', '', '{}', '', 'registry'],
    ['what the header states stands where the label would', 'network: told', '{}', '', 'told'],
  ])('is %s', (_, header, system, label, expected) => expect(networkOf(header, system, label)).toBe(expected))
})
