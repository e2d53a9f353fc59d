import { describe, expect, it } from 'vitest'
import { cluster, deployment, istio, type Raw, service, topology } from '../objects.js'
import { type Asked, reasonOf, serversOf, walk } from '../walk.js'

const host = 'reviews.shop.svc.cluster.local'
const asked: Asked = { from: 'west/shop/web', host, port: 80 }

describe('where an endpoint of a ServiceEntry is', () => {
  const entry = (address: string, rest: Raw = {}, port = 15443): Raw =>
    istio('ServiceEntry', 'reviews', {
      hosts: [host],
      location: 'MESH_INTERNAL',
      ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
      resolution: 'STATIC',
      endpoints: [{ address, ports: { http: port }, serviceAccount: 'reviews' }],
      ...rest,
    })
  const call = (west: readonly Raw[], east: readonly Raw[]) => {
    const [first] = walk(
      topology([cluster('west', [deployment('web'), ...west], { network: 'n1' }), cluster('east', east, { network: 'n2' })]),
      asked,
    ).passed
    if (first === undefined) throw new Error('no path')
    return first
  }

  it('may be a network which no packets get to, and that stops the call (EDS-21, NET-37)', () => {
    const at = (network: string, routableTo: readonly string[] = []) =>
      walk(
        topology(
          [
            cluster('west', [deployment('web'), entry('172.16.5.4', { endpoints: [{ address: '172.16.5.4', network }] })], {
              network: 'n1',
            }),
          ],
          {
            networks: [{ name: 'n1', routableTo }, { name: 'vm-net' }],
          },
        ),
        asked,
      ).passed.map(reasonOf)
    expect(at('vm-net')).toEqual(['CROSS_NETWORK_WITHOUT_GATEWAY'])
    expect(at('vm-net', ['vm-net'])).toEqual(['OUTSIDE'])
    expect(at('n1')).toEqual(['OUTSIDE'])
    expect(at('external')).toEqual(['OUTSIDE'])
  })

  it('what a WorkloadEntry calls a machine may be a Service: its load balancer leads to its pods, its ClusterIP within its own cluster (EDS-19, NET-37)', () => {
    const machine = (address: string) => istio('WorkloadEntry', 'far', { address, labels: { app: 'far' } })
    const selecting = entry('', {
      endpoints: [],
      workloadSelector: { labels: { app: 'far' } },
      ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
    })
    const open = [
      service('reviews', { type: 'LoadBalancer' }, {}, { loadBalancer: { ingress: [{ ip: '34.0.0.9' }] } }),
      deployment('reviews'),
    ]
    expect(serversOf(call([machine('34.0.0.9'), selecting], open))).toEqual(['east/reviews:8080'])
    expect(reasonOf(call([machine('34.0.0.9'), selecting], [open[0] as Raw]))).toBe('NO_ENDPOINTS')
    const inside = [service('backend', { clusterIP: '10.255.0.9' }), deployment('backend')]
    expect(serversOf(call([machine('10.255.0.9'), selecting, ...inside], []))).toEqual(['west/backend:8080'])
  })
})
