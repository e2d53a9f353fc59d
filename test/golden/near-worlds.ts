import type { SpokenProtocol } from '#engine/model/question'
import type { ReasonCode } from '#engine/model/reasons'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { cluster, deployment, istio, service, topology } from '../engine/combinations/asking.js'
import {
  ledger,
  mesh,
  mistyped,
  elsewhere,
  entranceOfEast,
  younger,
  registryOnly,
  passing,
  subset,
  pinned,
  across,
  intoEast,
  virtualService,
  atTheEdge,
  foreign,
  object,
  networkPolicy,
  almostClosed,
  closed,
  beside,
  database,
  running,
  sliceOf,
} from './near-parts.js'

/** A call, of `shop/web` to `ledger.bank:80` unless said otherwise, and the code of a step beside which something nearly had a say. */
interface NearWorld {
  readonly code: ReasonCode
  readonly document: Snapshot
  readonly from?: string
  readonly to?: string
  readonly protocol?: SpokenProtocol
  /** One of what is told there: cluster, namespace and name, path and sentence. */
  readonly tells?: string
}

/** Of codes whose near misses no golden shows. */
export const nearWorlds: readonly NearWorld[] = [
  {
    code: 'IN_SCOPE',
    document: mesh(mistyped),
  },
  {
    code: 'BLACKHOLED',
    document: mesh(registryOnly, mistyped),
  },
  {
    code: 'HIDDEN_PASSTHROUGH',
    document: mesh(istio('Sidecar', 'shop/default', { egress: [{ hosts: ['./*'] }] }), mistyped),
  },
  {
    code: 'UNKNOWN_PASSTHROUGH',
    document: mesh(mistyped),
    to: 'nobody.example:80',
  },
  {
    code: 'GATEWAY_SUBSET_MISSING',
    document: across([subset('v1'), pinned], [...intoEast, passing(15443), subset('v2')]),
    /** NET-34. */
    tells: 'east bank/ledger spec.subsets defines only subset `v2`',
  },
  {
    code: 'GATEWAY_SERVER_MISSING',
    document: across([], [...intoEast, passing(15444)]),
  },
  {
    code: 'GATEWAY_SERVER_MISSING',
    document: across([], [passing(15444)], { gateways: [{ network: 'n2', cluster: 'east', addresses: ['203.0.113.2'] }] }),
    /** NET-30. */
    tells: 'east istio-system/cross-network spec.servers[0].port hands on what comes at port `15444`, and not at `15443`',
  },
  {
    code: 'NO_ENDPOINTS',
    document: across(
      [],
      [
        service(
          'bank/front',
          { type: 'LoadBalancer', selector: { app: 'ledgr' } },
          {},
          { loadBalancer: { ingress: [{ ip: '203.0.113.5' }] } },
        ),
      ],
    ),
    to: '203.0.113.5:80',
    /** EDS-7. */
    tells: 'east bank/front spec.selector selects `app: ledgr`, and Deployment `ledger` has `app: ledger`',
  },
  {
    code: 'PORT_NOT_DECLARED',
    document: mesh(elsewhere),
    to: 'ledger.bank:9999',
  },
  {
    code: 'NOT_CAPTURED',
    document: topology([
      cluster('west', [deployment('shop/web', {}, { 'traffic.sidecar.istio.io/excludeOutboundPorts': '80' }), ...ledger, elsewhere]),
    ]),
  },
  {
    code: 'MUTUAL_TLS',
    document: mesh(...younger('STRICT')),
  },
  {
    code: 'PLAINTEXT_ACCEPTED',
    document: mesh(...younger('PERMISSIVE')),
    from: 'west/shop/bare',
  },
  {
    code: 'TLS_REJECTED',
    document: mesh(...younger('STRICT')),
    from: 'west/shop/bare',
  },
  {
    code: 'POLICY_DEPENDS',
    document: mesh(
      istio('AuthorizationPolicy', 'bank/paths', { action: 'DENY', rules: [{ to: [{ operation: { paths: ['/admin'] } }] }] }),
      istio('AuthorizationPolicy', 'bank/typo', { action: 'DENY', selector: { matchLabels: { app: 'ledgr' } }, rules: [{}] }),
    ),
  },
  {
    code: 'ROUTED_HOST',
    document: mesh(foreign, mistyped),
    to: 'api.example:80',
  },
  {
    code: 'HOST_NOT_PROGRAMMED',
    document: mesh(foreign, atTheEdge('api.example')),
    to: 'api.example:81',
  },
  {
    code: 'ROUTES_REFUSED',
    document: mesh(
      elsewhere,
      virtualService('bank/large', 'ledger', {
        http: [{ match: [{ uri: { regex: '[a-z]{1000}'.repeat(40) } }], route: [{ destination: { host: 'ledger' } }] }],
      }),
    ),
  },
  {
    code: 'BACKEND_INVALID',
    document: mesh(
      elsewhere,
      object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'bank/ledger', {
        parentRefs: [{ group: '', kind: 'Service', name: 'ledger', port: 80 }],
        rules: [{ backendRefs: [{ group: 'apps', kind: 'Deployment', name: 'ledger', port: 80 }] }],
      }),
    ),
  },
  {
    code: 'SERVER_NAME_NOT_ROUTED',
    document: mesh(
      beside('vault', { name: 'tls', port: 443, targetPort: 8443 }),
      virtualService('bank/vault', 'vault.bank.svc.cluster.local', {
        tls: [{ match: [{ sniHosts: ['other.bank.svc.cluster.local'] }], route: [{ destination: { host: 'ledger' } }] }],
      }),
      atTheEdge('vault.bank.svc.cluster.local', 'tls'),
    ),
    to: 'vault.bank:443',
  },
  {
    code: 'ADDRESS_NOT_CAPTURED',
    document: topology([
      cluster('west', [
        running('shop/web', '10.1.0.1', 'web'),
        running('bank/ledger-0', '10.1.0.2', 'ledger'),
        service('bank/ledger', { clusterIP: 'None' }),
        sliceOf('ledger-0', '10.1.0.2'),
        elsewhere,
      ]),
    ]),
    to: '10.1.0.2:80',
  },
  {
    code: 'TAKEN_BY_LISTENER',
    document: mesh(database('alpha'), database('beta'), atTheEdge('beta.example', 'tcp')),
    to: 'beta.example:5432',
  },
  {
    code: 'PROTOCOL_NOT_ROUTED',
    document: mesh(elsewhere),
    protocol: 'TCP',
  },
  {
    code: 'PORT_NOT_IMPORTED',
    document: mesh(
      beside('two', { name: 'http', port: 80 }, { name: 'http-more', port: 81 }),
      istio('Sidecar', 'shop/default', { egress: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['bank/*'] }] }),
      atTheEdge('two.bank.svc.cluster.local'),
    ),
    to: 'two.bank:81',
  },
  {
    code: 'GATEWAY_NOT_FOUND',
    document: topology([
      cluster('west', [deployment('shop/web'), service('bank/ledger')], { network: 'n1', remoteSecrets: ['east'] }),
      cluster(
        'east',
        [
          running('bank/ledger-0', '10.2.0.2', 'ledger'),
          service('bank/ledger'),
          sliceOf('ledger-0', '10.2.0.2'),
          entranceOfEast ?? {},
          passing(15443),
          running('istio-system/gateway', '10.2.0.1', 'eastwestgatway'),
        ],
        { network: 'n2', remoteSecrets: ['west'] },
      ),
    ]),
  },
  {
    code: 'INPUT_MISSING',
    document: mesh(networkPolicy('range', { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] }), almostClosed),
  },
  {
    code: 'NETWORK_POLICY_NOT_MODELLED',
    document: mesh(
      object('cilium.io/v2', 'CiliumNetworkPolicy', 'bank/open', { endpointSelector: {}, ingress: [{ fromEndpoints: [{}] }] }),
      almostClosed,
    ),
  },
  {
    code: 'NETWORK_POLICY_NOT_ENFORCED',
    document: topology([cluster('west', [deployment('shop/web'), ...ledger, closed, almostClosed], { networkPolicyEnforced: false })]),
  },
  {
    code: 'OTHER_TLS_PASSED_ON',
    document: topology([
      cluster('west', [
        deployment('shop/web'),
        deployment('bank/ledger'),
        beside('ledger', { name: 'tcp', port: 80, targetPort: 8080 }),
        istio('DestinationRule', 'bank/ledger', {
          host: 'ledger',
          trafficPolicy: { tls: { mode: 'SIMPLE', caCertificates: '/etc/ca.pem' } },
        }),
        ...younger('PERMISSIVE'),
      ]),
    ]),
  },
  {
    code: 'PROTOCOL_REJECTED',
    document: mesh(...younger('PERMISSIVE')),
    from: 'west/shop/bare',
    protocol: 'TCP',
  },
  {
    code: 'PROTOCOL_NOT_DETECTED',
    document: mesh(beside('greeter', { name: 'tcp', port: 9000 }), ...younger('PERMISSIVE')),
    from: 'west/shop/bare',
    to: 'greeter.bank:9000',
    protocol: 'SERVER_FIRST',
  },
]
