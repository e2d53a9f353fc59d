import { describe, expect, it } from 'vitest'
import { trafficDistribution } from '#engine/istiod/endpoints/traffic-distribution'
import { cluster, istio, namespace, type Raw, service, topology } from '../../analysis/objects.js'

const key = 'networking.istio.io/traffic-distribution'
const zone = ['topology.istio.io/network', 'topology.kubernetes.io/region', 'topology.kubernetes.io/zone']
const node = [...zone, 'topology.istio.io/subzone', 'kubernetes.io/hostname']

const of = (host: string, home: Raw, ...objects: readonly Raw[]) => {
  const view = topology([{ ...cluster('west', []), resources: [namespace('shop', {}, home), ...objects] }]).view('west')
  const [record] = view.servicesByHost(host)
  if (record === undefined) throw new Error(`no ${host}`)
  return trafficDistribution(record, view)
}

describe('the traffic distribution of a service (LB-7)', () => {
  it.each<[string, Raw, Raw, Raw, readonly string[] | undefined]>([
    ['is none by default', {}, {}, {}, undefined],
    ['is its field', { trafficDistribution: 'PreferClose' }, {}, {}, zone],
    ['is its field, by the newer name', { trafficDistribution: 'PreferSameZone' }, {}, {}, zone],
    ['is its field, as near as a node', { trafficDistribution: 'PreferSameNode' }, {}, {}, node],
    ['is its annotation', {}, { [key]: 'PreferClose' }, {}, zone],
    ['is its annotation in any case', {}, { [key]: 'prefersamenode' }, {}, node],
    ['is its field before its annotation', { trafficDistribution: 'PreferSameNode' }, { [key]: 'PreferClose' }, {}, node],
    ['is its namespace’s', {}, {}, { [key]: 'PreferClose' }, zone],
    ['is its own before its namespace’s', {}, { [key]: 'PreferSameNode' }, { [key]: 'PreferClose' }, node],
    ['is none where its own word is Any, whatever its namespace says', {}, { [key]: 'Any' }, { [key]: 'PreferClose' }, undefined],
    ['is none by a word that nobody knows', { trafficDistribution: 'PreferFar' }, {}, {}, undefined],
  ])('%s', (_title, spec, annotations, home, expected) => {
    expect(of('web.shop.svc.cluster.local', home, service('web', spec, { annotations }))).toEqual(expected)
  })

  it('is that of its namespace for a ServiceEntry as well', () => {
    const entry = istio('ServiceEntry', 'out', {
      hosts: ['out.example'],
      ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
      resolution: 'DNS',
    })
    expect(of('out.example', { [key]: 'PreferClose' }, entry)).toEqual(zone)
    expect(of('out.example', {}, entry)).toBeUndefined()
  })
})
