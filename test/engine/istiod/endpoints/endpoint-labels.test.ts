import { expect, it } from 'vitest'
import { augmentLabels, localityText } from '#engine/istiod/endpoints/augment-labels'

it('an endpoint carries the labels of where it stands, so that a subset can name a cluster (MODEL-34)', () => {
  const place = { cluster: 'east', network: 'network2', locality: 'us-east1/us-east1-b', nodeName: 'node-7' }
  expect(augmentLabels({ app: 'ratings' }, place)).toEqual({
    app: 'ratings',
    'topology.istio.io/cluster': 'east',
    'topology.istio.io/network': 'network2',
    'topology.kubernetes.io/region': 'us-east1',
    'topology.kubernetes.io/zone': 'us-east1-b',
    'kubernetes.io/hostname': 'node-7',
  })
})

it('the network label of the pod itself stays (MODEL-34)', () => {
  const place = { cluster: 'east', network: 'network2', locality: '', nodeName: '' }
  expect(augmentLabels({ 'topology.istio.io/network': 'dmz' }, place)).toMatchObject({ 'topology.istio.io/network': 'dmz' })
})

it.each([
  [{ region: 'r', zone: 'z', subzone: 's' }, 'r/z/s'],
  [{ region: 'r', zone: '', subzone: '' }, 'r'],
  [{ region: '', zone: '', subzone: '' }, ''],
])('a locality is written without an empty tail (MODEL-33)', (locality, text) => {
  expect(localityText(locality)).toBe(text)
})
