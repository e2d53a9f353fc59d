import { describe, expect, it } from 'vitest'
import type { Reachability } from '#engine/model/reachability'
import {
  ask as askMesh,
  cluster,
  deployment,
  eastWest,
  istio,
  type Manifest,
  namespace,
  service,
  topology,
} from '../../combinations/asking.js'
import { answerTo } from '../asking.js'
import { gateway } from '../calling.js'
import { ask, edgePods, edgeService, gate, http, labels, route, tls } from '../entrance/edge.js'

const near = ({ steps, endpoints }: Reachability): readonly string[] =>
  [...steps, ...endpoints.flatMap((path) => path.steps)].flatMap(({ nearMisses }) =>
    nearMisses.map(({ resource: { namespace, name }, path, why }) => `${namespace}/${name} ${path ?? '-'} ${why}`),
  )

/** A live cluster has what runs. */
const running = (home: string, name: string, own: Manifest): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: home, name: `${name}-1`, labels: own },
  spec: { containers: [{ name: 'istio-proxy', image: 'auto' }] },
  status: { phase: 'Running', podIP: '10.0.0.9', conditions: [{ type: 'Ready', status: 'True' }] },
})

const edge = (...objects: readonly Manifest[]) => [edgePods, edgeService(), ...objects]

describe('the server of a Gateway that nearly takes a call from outside is told with the field in which it does not', () => {
  it.each<[string, readonly Manifest[], number, string]>([
    [
      'another host (ROUTE-11)',
      [gate(http(['shop.exmaple.com']))],
      80,
      'edge/gate spec.servers[0].hosts takes `shop.exmaple.com`, and the call is to `shop.example.com`',
    ],
    [
      'another port (GW-4)',
      [gate(http(['shop.example.com'], 80))],
      443,
      'edge/gate spec.servers[0].port takes the host at port `80`, and not at `443`',
    ],
    [
      'a server for other networks (NET-30)',
      [gate(tls(['shop.example.com'], 'AUTO_PASSTHROUGH', 'TLS'))],
      443,
      'edge/gate spec.servers[0].tls hands on what comes from other networks alone (`AUTO_PASSTHROUGH`)',
    ],
  ])('%s', (_, objects, port, expected) => {
    const answer = ask(edge(...objects), 'shop.example.com', { port })
    expect(answer.verdict).toBe('UNREACHABLE')
    expect(near(answer)).toContain(expected)
  })

  it('none where the call is taken (GW-4)', () => {
    const answer = ask(edge(gate(http(['shop.example.com'])), route(['shop.example.com'])), 'shop.example.com')
    expect([answer.verdict, near(answer)]).toEqual(['REACHABLE', []])
  })

  it.each<[string, Manifest, Manifest, string]>([
    [
      'a selector with a slip (ROUTE-12)',
      gateway('edge/slip', { selector: { istio: 'edgy' }, servers: [http(['shop.example.com'])] }),
      {},
      'edge/slip spec.selector selects `istio: edgy`, and gateway `edge/gate-1` has `istio: edge`',
    ],
    [
      'another namespace, where gateways heed their own alone (NET-30)',
      gateway('shop/far', { selector: { istio: 'edge' }, servers: [http(['shop.example.com'])] }),
      { PILOT_SCOPE_GATEWAY_TO_NAMESPACE: 'true' },
      'shop/far - stands in `shop`, and gateways heed those of their own namespace alone (`PILOT_SCOPE_GATEWAY_TO_NAMESPACE`)',
    ],
  ])('%s', (_, other, flags, expected) => {
    const resources = [
      namespace('edge', {}),
      ...edge(gate(http(['other.org'])), other),
      running('edge', 'gate', labels),
      running('istio-system', 'istiod', { app: 'istiod' }),
    ]
    const snapshot = topology([cluster('west', resources, { observed: true })], {
      controlPlanes: [{ name: 'west', cluster: 'west', flags }],
    })
    const answer = answerTo(snapshot, { from: { outside: true }, to: { host: 'shop.example.com', port: 80 } })
    expect(answer.verdict).toBe('UNREACHABLE')
    expect(near(answer)).toContain(expected)
  })
})

describe('the server of a gateway between networks that nearly hands a call on', () => {
  const ledger = [deployment('bank/ledger'), service('bank/ledger')]
  const mesh = (servers: readonly Manifest[], selector: Manifest = { istio: 'eastwestgateway' }) => {
    const remote = eastWest('n2', '203.0.113.9').filter(({ kind }) => kind !== 'Gateway')
    return topology([
      cluster('west', [deployment('shop/web'), service('bank/ledger')], { network: 'n1', remoteSecrets: ['east'] }),
      cluster('east', [...ledger, ...remote, istio('Gateway', 'istio-system/cross', { selector, servers })], {
        network: 'n2',
        remoteSecrets: ['west'],
      }),
    ])
  }
  const sni = (hosts: readonly string[], more: Manifest = {}): Manifest => ({
    port: { number: 15443, name: 'tls', protocol: 'TLS' },
    tls: { mode: 'AUTO_PASSTHROUGH' },
    hosts,
    ...more,
  })

  it.each<[string, ReturnType<typeof mesh>, string]>([
    [
      'its hosts (NET-31)',
      mesh([sni(['*.bank.svc.clusterlocal'])]),
      'istio-system/cross spec.servers[0].hosts takes `*.bank.svc.clusterlocal`, and the call is to `ledger.bank.svc.cluster.local`',
    ],
    [
      'its mode (NET-30)',
      mesh([sni(['*.local'], { tls: { mode: 'PASSTHROUGH' } })]),
      'istio-system/cross spec.servers[0].tls hands nothing on by its server name, as its mode is `PASSTHROUGH` and not `AUTO_PASSTHROUGH`',
    ],
    [
      'its port (NET-30)',
      mesh([sni(['*.local'], { port: { number: 15444, name: 'tls', protocol: 'TLS' } })]),
      'istio-system/cross spec.servers[0].port takes the host at port `15444`, and not at `15443`',
    ],
    [
      'the labels of its pods (ROUTE-12)',
      mesh([sni(['*.local'])], { istio: 'eastwest-gateway' }),
      'istio-system/cross spec.selector selects `istio: eastwest-gateway`, and gateway `istio-system/eastwestgateway` has `istio: eastwestgateway`',
    ],
  ])('%s', (_, document, expected) => expect(near(askMesh(document, 'west/shop/web', 'ledger.bank:80'))).toContain(expected))
})
