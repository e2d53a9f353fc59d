import { describe, expect, it } from 'vitest'
import { groupOf, isClusterScoped } from '#engine/manifests/kinds'
import { kinds } from '#engine/resources/kinds'
import { hasNoEffect } from '#engine/resources/kinds-without-effect'
import { readClusterResources } from '#engine/resources/read-cluster-resources'

const names = Object.entries(kinds).flatMap(([name, { shelf, readers }]) => Object.keys(readers).map((key) => ({ name, shelf, key })))
const partsOf = (key: string): { group: string; kind: string } => {
  const slash = key.indexOf('/')
  return { group: key.slice(0, slash), kind: key.slice(slash + 1) }
}
const read = (objects: readonly unknown[]) => readClusterResources('digest', new TextEncoder().encode(JSON.stringify(objects)))

const reachOnly = new Set(['pluginPolicies'])

describe('the register of kinds', () => {
  it('keeps by name alone what has no namespace, and groups nothing of that kind by namespace', () => {
    for (const { shelf, key } of names) {
      const { group, kind } = partsOf(key)
      if (shelf !== 'LISTED') expect(isClusterScoped(group, kind), key).toBe(shelf === 'NAMED')
    }
  })

  it('reads every kind that it names out of the smallest object, under every version, and reports none of them but those of which the reach alone is kept', () => {
    for (const { name, key } of names) {
      const { group, kind } = partsOf(key)
      const apiVersion = group === '' ? 'v9' : `${group}/v9`
      const resources = read([{ apiVersion, kind, metadata: { name: 'a', namespace: isClusterScoped(group, kind) ? undefined : 'n' } }])
      expect(groupOf(apiVersion)).toBe(group)
      expect(resources.counts, key).toEqual({ [kind]: 1 })
      const isWhole = names.some((other) => other.key === key && !reachOnly.has(other.name))
      expect(resources.unknownKinds, key).toEqual(reachOnly.has(name) && !isWhole ? [`${apiVersion}/${kind}`] : [])
    }
  })

  it('lists no kind both as read and as without effect, but webhooks, of which those of Istio’s are read (MODEL-27)', () => {
    const both = names.map(({ key }) => key).filter((key) => hasNoEffect(partsOf(key).group, partsOf(key).kind))
    expect([...new Set(both)]).toEqual([
      'admissionregistration.k8s.io/MutatingWebhookConfiguration',
      'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
    ])
  })

  it('lets EndpointSlices win over the legacy object of their Service, and reads that one where there is no slice (EDS-5)', () => {
    const legacy = (name: string) => ({
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: { namespace: 'n', name },
      subsets: [{ addresses: [{ ip: '10.0.0.9' }], ports: [{ port: 80 }] }, { addresses: [{ ip: '10.0.0.8' }] }],
    })
    const slice = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { namespace: 'n', name: 'a-1', labels: { 'kubernetes.io/service-name': 'a' } },
      endpoints: [{ addresses: ['10.0.0.1'] }],
    }
    const { endpointSlices } = read([legacy('a'), legacy('b'), slice])
    const addresses = (key: string) => endpointSlices.get(key)?.flatMap(({ endpoints }) => endpoints.flatMap((one) => one.addresses))
    expect(addresses('n/a')).toEqual(['10.0.0.1'])
    expect(addresses('n/b')).toEqual(['10.0.0.9', '10.0.0.8'])
  })
})
