import type { DestinationInput } from '#engine/model/question'
import type { Reachability } from '#engine/model/reachability'
import { answerTo } from '../asking.js'
import { deployment, gateway, type Manifest, namespace, service, virtualService, world } from '../calling.js'

export const ports = [
  { name: 'http2', port: 80, targetPort: 8080 },
  { name: 'https', port: 443, targetPort: 8443 },
]
export const labels = { istio: 'edge' }

/** The gateway's Service; its address is the load balancer's. */
export const edgeService = (
  spec: Manifest = {},
  status: Manifest | null = { loadBalancer: { ingress: [{ ip: '203.0.113.7' }] } },
): Manifest => ({
  ...service('edge/gate', { selector: labels, type: 'LoadBalancer', ports, ...spec }),
  ...(status === null ? {} : { status }),
})
export const edgePods: Manifest = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { namespace: 'edge', name: 'gate' },
  spec: { template: { metadata: { labels }, spec: { containers: [{ name: 'istio-proxy', image: 'auto' }] } } },
}
export const http = (hosts: readonly string[], number = 80): Manifest => ({
  port: { number, protocol: 'HTTP', name: `http-${number}` },
  hosts,
})
export const tls = (hosts: readonly string[], mode: string, protocol = 'HTTPS', more: Manifest = {}): Manifest => ({
  port: { number: 443, protocol, name: `tls-${hosts[0]}` },
  hosts,
  tls: { mode, ...more },
})
export const gate = (...servers: readonly Manifest[]): Manifest => gateway('edge/gate', { selector: labels, servers })
export const route = (hosts: readonly string[], more: Manifest = {}): Manifest =>
  virtualService('shop/web', { hosts, gateways: ['edge/gate'], http: [{ route: [{ destination: { host: 'web' } }] }], ...more })

export const shop = [namespace('istio-system', {}), namespace('edge', {}), namespace('shop'), service('shop/web'), deployment('shop/web')]

export const ask = (
  objects: readonly Manifest[],
  host: string,
  to: Partial<DestinationInput> = { port: 80 },
  header: Manifest = {},
): Reachability =>
  answerTo(world({ clusters: { west: [...shop, ...objects] }, cluster: header }), { from: { outside: true }, to: { host, ...to } })

export const said = ({ verdict, reason }: Reachability): string => `${verdict} ${reason}`
export const codes = ({ assumptions }: Reachability): readonly string[] => assumptions.map(({ code }) => code)
