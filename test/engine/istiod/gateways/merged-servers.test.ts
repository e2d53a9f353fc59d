import { describe, expect, it } from 'vitest'
import { mergedServers } from '#engine/istiod/gateways/merged-servers'
import { snapshotOf } from '../../from-yaml.js'

/** A server as `alpha 80 HTTP a.example,b.example [tls] [bind]`, a Gateway object of that name with it alone. */
const gatewayOf = (written: string) => {
  const [name, number, protocol, hosts = '', mode = '-', bind = ''] = written.split(' ')
  const tls = mode === '-' ? {} : { tls: mode === 'redirect' ? { httpsRedirect: true } : { mode } }
  const server = {
    port: { number: Number(number), name: 'p', protocol },
    hosts: hosts.split(','),
    ...tls,
    ...(bind === '' ? {} : { bind }),
  }
  const spec = { selector: { istio: 'gate' }, servers: [server] }
  return { apiVersion: 'networking.istio.io/v1', kind: 'Gateway', metadata: { name, namespace: 'shop' }, spec }
}

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'gate', namespace: 'edge', labels: { istio: 'gate' } },
  spec: { containers: [{ name: 'istio-proxy' }] },
}
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'gate', namespace: 'edge' },
  spec: { selector: { istio: 'gate' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
}

/** What is opened, as `port: names`, and what is left out, as `name by name [hosts]`. */
function merged(servers: readonly string[]) {
  const clusters = [
    { name: 'west', controlPlane: { role: 'PRIMARY' }, remoteSecrets: [], resources: [pod, service, ...servers.map(gatewayOf)] },
  ]
  const snapshot = snapshotOf(JSON.stringify({ apiVersion: 'sightline/v1', kind: 'Topology', clusters }))
  const cluster = snapshot.clusters.get('west')
  const [workload] = cluster?.workloads('edge') ?? []
  const [plane = ''] = snapshot.controlPlanes.keys()
  if (cluster === undefined || workload === undefined) throw new Error('the gateway is there')
  const { at, leftOut } = mergedServers(snapshot.view(plane), cluster, workload)
  return {
    at: [...at].map(([port, list]) => `${port}: ${list.map(({ gateway }) => gateway.meta.name).join(' ')}`),
    leftOut: leftOut.map(({ gateway, by, hosts }) => `${gateway.meta.name} by ${by.gateway.meta.name} ${hosts.join()}`.trim()),
  }
}

describe('the servers of a gateway proxy (NET-30, GWAPI-70)', () => {
  it.each([
    { title: 'plaintext HTTP shares a port', servers: ['a 80 HTTP x', 'b 80 HTTP2 x', 'c 80 GRPC x'], at: ['8080: a b c'], leftOut: [] },
    {
      title: 'TCP shares it with nobody, not even TCP',
      servers: ['a 90 TCP x', 'b 90 TCP y', 'c 90 HTTP x'],
      at: ['90: a'],
      leftOut: ['b by a', 'c by a'],
    },
    {
      title: 'nor TLS with plaintext that is there first',
      servers: ['a 90 HTTP x', 'b 90 HTTPS y SIMPLE'],
      at: ['90: a'],
      leftOut: ['b by a'],
    },
    {
      title: 'plaintext behind TLS is read as what has no TLS',
      servers: ['a 90 HTTPS x SIMPLE', 'b 90 HTTP y'],
      at: ['90: a b'],
      leftOut: [],
    },
    { title: 'TLS with TLS, for other hosts', servers: ['a 443 HTTPS x SIMPLE', 'b 443 TLS y PASSTHROUGH'], at: ['443: a b'], leftOut: [] },
    {
      title: 'and not for one that repeats',
      servers: ['a 443 HTTPS x,z SIMPLE', 'b 443 TLS y,z PASSTHROUGH', 'c 443 TLS y SIMPLE'],
      at: ['443: a c'],
      leftOut: ['b by a z'],
    },
    {
      title: 'hosts are the same with and without a namespace that is every one',
      servers: ['a 443 TLS x SIMPLE', 'b 443 TLS */x SIMPLE'],
      at: ['443: a'],
      leftOut: ['b by a x'],
    },
    {
      title: 'the namespace itself is another name',
      servers: ['a 443 TLS x SIMPLE', 'b 443 TLS ./x SIMPLE'],
      at: ['443: a b'],
      leftOut: [],
    },
    {
      title: 'two addresses are two listeners',
      servers: ['a 90 TCP x - 10.0.0.1', 'b 90 HTTP x - 10.0.0.2'],
      at: ['90: a b'],
      leftOut: [],
    },
    { title: 'the Service’s port and the pod’s are one', servers: ['a 80 HTTP x', 'b 8080 TCP y'], at: ['8080: a'], leftOut: ['b by a'] },
  ])('$title', ({ servers, at, leftOut }) => {
    expect(merged(servers)).toEqual({ at, leftOut })
  })
})
