import { expect, it } from 'vitest'
import { cluster, pod, service, slice, topology } from '../objects.js'
import { walk } from '../walk.js'

const asked = { from: 'west/shop/web', host: 'reviews.shop.svc.cluster.local', port: 80 }
const web = pod('web', '10.1.0.99', { app: 'web' }, { spec: { nodeName: 'node-1' } })

it('what is not followed is said: before 1.28 what ambient multi-network makes of endpoints in other clusters (NET-45)', () => {
  const names = ['PILOT_ENABLE_AMBIENT', 'AMBIENT_ENABLE_MULTI_NETWORK']
  const flags = Object.fromEntries(names.map((name) => [name, 'true']))
  const west = cluster('west', [web, service('reviews'), slice('reviews', [{ ip: '10.1.0.1' }])])
  const { found } = walk(topology([west], { controlPlanes: [{ name: 'west', cluster: 'west', version: '1.27.0', flags }] }), asked)
  expect(found.assumptions.filter(({ code }) => code === 'FLAG_NOT_MODELLED').map(({ message }) => message)).toEqual([
    expect.stringContaining(names.at(-1) ?? ''),
  ])
})
