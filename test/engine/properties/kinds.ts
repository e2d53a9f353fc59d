import { networkPolicyKinds } from './network-policy-kinds.js'
import { object } from './object-of-kind.js'
import type { KubernetesObject } from './topologies.js'

const selector = { matchLabels: { app: 'reviews' } }
const container = {
  name: 'app',
  image: 'example/app:1.0',
  ports: [{ name: 'http', containerPort: 9080 }],
  env: [{ name: 'A', value: 'b' }],
}
const proxy = { name: 'istio-proxy', env: [{ name: 'ISTIO_META_NETWORK', value: 'network1' }] }
const podSpec = {
  serviceAccountName: 'reviews',
  hostNetwork: false,
  nodeName: 'node',
  containers: [container, proxy],
  initContainers: [container],
}
const template = { metadata: { labels: { app: 'reviews' }, annotations: {} }, spec: podSpec }
const destination = { destination: { host: 'ledger.bank.svc.cluster.local', subset: 'v1', port: { number: 9080 } }, weight: 50 }
const match = { exact: 'a' }
const locality = {
  enabled: true,
  distribute: [{ from: 'a/*', to: { 'a/*': 80, 'b/*': 20 } }],
  failover: [{ from: 'a', to: 'b' }],
  failoverPriority: ['topology.istio.io/network'],
}
const trafficPolicy = {
  tls: { mode: 'ISTIO_MUTUAL', sni: 'a', credentialName: 'b', subjectAltNames: ['c'], insecureSkipVerify: false, caCertificates: 'd' },
  loadBalancer: { simple: 'ROUND_ROBIN', consistentHash: { httpHeaderName: 'x' }, localityLbSetting: locality },
  outlierDetection: { minHealthPercent: 10 },
  portLevelSettings: [{ port: { number: 9080 }, tls: { mode: 'DISABLE' } }],
}
const endpoint = {
  address: '10.0.0.1',
  ports: { http: 9080 },
  labels: { app: 'reviews' },
  network: 'network1',
  locality: 'a/b/c',
  weight: 2,
  serviceAccount: 'reviews',
}
const meshConfig =
  'trustDomain: cluster.local\noutboundTrafficPolicy: { mode: ALLOW_ANY }\nserviceSettings: [{ settings: { clusterLocal: true }, hosts: ["*.x"] }]\n'
const values = {
  global: { meshID: 'mesh1', network: 'network1', multiCluster: { clusterName: 'west' }, istioNamespace: 'istio-system' },
  pilot: { env: { A: 'b' } },
  meshConfig: { trustDomain: 'cluster.local' },
}

/** One object of every kind that is read, with every field that is looked at: what hostile documents are made from. */
export const everyKind: readonly KubernetesObject[] = [
  object('v1', 'Namespace', {}),
  object('v1', 'Node', { status: { addresses: [{ type: 'ExternalIP', address: '203.0.113.1' }] } }),
  object('v1', 'Service', {
    spec: {
      type: 'LoadBalancer',
      clusterIP: '10.0.200.7',
      clusterIPs: ['10.0.200.7'],
      selector: { app: 'reviews' },
      ports: [{ name: 'http', port: 9080, targetPort: 'http', protocol: 'TCP', appProtocol: 'http', nodePort: 30000 }],
      externalIPs: ['203.0.113.7'],
      publishNotReadyAddresses: true,
      internalTrafficPolicy: 'Cluster',
      trafficDistribution: 'PreferClose',
    },
    status: { loadBalancer: { ingress: [{ ip: '203.0.113.8' }, { hostname: 'lb.example' }] } },
  }),
  object('v1', 'Service', { spec: { type: 'ExternalName', externalName: 'api.example.com', ports: [] } }, 'alias'),
  object('v1', 'Pod', {
    spec: podSpec,
    status: { phase: 'Running', podIP: '10.0.1.50', podIPs: [{ ip: '10.0.1.50' }], conditions: [{ type: 'Ready', status: 'True' }] },
  }),
  object('apps/v1', 'Deployment', { spec: { replicas: 2, selector, template } }),
  object('apps/v1', 'StatefulSet', { spec: { replicas: 1, selector, template } }, 'two'),
  object('batch/v1', 'CronJob', { spec: { jobTemplate: { spec: { template } } } }),
  object('discovery.k8s.io/v1', 'EndpointSlice', {
    addressType: 'IPv4',
    ports: [{ name: 'http', port: 9080 }],
    endpoints: [
      {
        addresses: ['10.0.1.51'],
        conditions: { ready: true, serving: true, terminating: false },
        targetRef: { kind: 'Pod', name: 'one' },
        nodeName: 'node',
        zone: 'a',
        hostname: 'h',
      },
    ],
  }),
  object('v1', 'Endpoints', {
    subsets: [{ addresses: [{ ip: '10.0.1.52' }], notReadyAddresses: [{ ip: '10.0.1.53' }], ports: [{ name: 'http', port: 9080 }] }],
  }),
  object(
    'v1',
    'ConfigMap',
    { data: { mesh: meshConfig, meshNetworks: 'networks: { network1: { endpoints: [{ fromRegistry: west }], gateways: [] } }' } },
    'istio',
  ),
  object('networking.istio.io/v1', 'ServiceEntry', {
    spec: {
      hosts: ['api.example.com', '*.wild.example'],
      addresses: ['240.0.0.1'],
      ports: [{ number: 9080, name: 'http', protocol: 'HTTP', targetPort: 9081 }],
      location: 'MESH_INTERNAL',
      resolution: 'STATIC',
      endpoints: [endpoint],
      workloadSelector: { labels: { app: 'reviews' } },
      exportTo: ['*'],
      subjectAltNames: ['spiffe://cluster.local/ns/shop/sa/reviews'],
    },
    status: { addresses: [{ host: 'api.example.com', value: '240.240.0.1' }] },
  }),
  object('networking.istio.io/v1', 'WorkloadEntry', { spec: endpoint, status: { conditions: [{ type: 'Healthy', status: 'True' }] } }),
  object('networking.istio.io/v1', 'WorkloadGroup', {
    spec: { metadata: { labels: { app: 'reviews' }, annotations: {} }, template: endpoint },
  }),
  object('networking.istio.io/v1', 'VirtualService', {
    spec: {
      hosts: ['reviews', 'virtual.example'],
      gateways: ['mesh', 'shop/one'],
      exportTo: ['*'],
      http: [
        {
          name: 'first',
          match: [
            {
              uri: { prefix: '/' },
              scheme: match,
              method: match,
              authority: match,
              headers: { user: match },
              withoutHeaders: { robot: match },
              queryParams: { q: match },
              ignoreUriCase: true,
              port: 9080,
              sourceLabels: { app: 'client' },
              sourceNamespace: 'shop',
              gateways: ['mesh'],
            },
          ],
          route: [destination, destination],
          fault: { abort: { percentage: { value: 10 }, httpStatus: 500 } },
          mirror: { host: 'ledger.bank.svc.cluster.local' },
          mirrors: [destination],
          rewrite: { authority: 'x' },
        },
        { match: [{ uri: { regex: '/r.*' } }], redirect: { uri: '/b', authority: 'c' } },
        { match: [{ uri: { exact: '/d' } }], directResponse: { status: 503 } },
        { match: [{ uri: { exact: '/e' } }], delegate: { name: 'leaf', namespace: 'shop' } },
        { route: [destination] },
      ],
      tls: [
        {
          match: [{ sniHosts: ['reviews'], port: 9080, destinationSubnets: ['10.0.0.0/8'], sourceLabels: {}, gateways: ['mesh'] }],
          route: [destination],
        },
      ],
      tcp: [{ match: [{ port: 9080, sourceNamespace: 'shop' }], route: [destination] }],
    },
  }),
  object('networking.istio.io/v1', 'VirtualService', { spec: { http: [{ route: [destination] }] } }, 'leaf'),
  object('networking.istio.io/v1', 'DestinationRule', {
    spec: {
      host: 'reviews',
      exportTo: ['*'],
      workloadSelector: selector,
      trafficPolicy,
      subsets: [{ name: 'v1', labels: { version: 'v1' }, trafficPolicy }],
    },
  }),
  object('networking.istio.io/v1', 'Sidecar', {
    spec: {
      workloadSelector: { labels: { app: 'client' } },
      egress: [{ port: { number: 9080, protocol: 'HTTP', name: 'http' }, bind: '127.0.0.1', hosts: ['./*', '~/x'] }, { hosts: ['*/*'] }],
      ingress: [{ port: { number: 9080, protocol: 'HTTP', name: 'http' }, defaultEndpoint: '127.0.0.1:9080' }],
      outboundTrafficPolicy: { mode: 'ALLOW_ANY' },
    },
  }),
  object('networking.istio.io/v1', 'Gateway', {
    spec: {
      selector: { istio: 'crossgateway' },
      servers: [
        {
          port: { number: 15443, name: 'tls', protocol: 'TLS' },
          tls: { mode: 'AUTO_PASSTHROUGH', httpsRedirect: false, subjectAltNames: ['a'] },
          hosts: ['*/*.local'],
        },
      ],
    },
  }),
  object('networking.istio.io/v1alpha3', 'EnvoyFilter', { spec: { workloadSelector: { labels: { app: 'client' } }, targetRefs: [] } }),
  object('networking.istio.io/v1beta1', 'ProxyConfig', { spec: { selector, environmentVariables: { ISTIO_META_DNS_CAPTURE: 'true' } } }),
  object('security.istio.io/v1', 'PeerAuthentication', {
    spec: { selector, mtls: { mode: 'STRICT' }, portLevelMtls: { 9080: { mode: 'DISABLE' } } },
  }),
  object('security.istio.io/v1', 'RequestAuthentication', { spec: { selector, jwtRules: [{ issuer: 'x' }] } }),
  object('security.istio.io/v1', 'AuthorizationPolicy', {
    spec: {
      selector,
      action: 'ALLOW',
      provider: { name: 'x' },
      targetRefs: [],
      rules: [
        {
          from: [
            {
              source: {
                principals: ['cluster.local/ns/shop/sa/client'],
                namespaces: ['shop'],
                serviceAccounts: ['client'],
                trustDomains: ['cluster.local'],
                ipBlocks: ['10.0.0.0/8'],
                notRemoteIpBlocks: ['10.9.0.0/16'],
                notRequestPrincipals: ['*'],
              },
            },
          ],
          to: [{ operation: { hosts: ['reviews*'], ports: ['9080'], methods: ['GET'], notPaths: ['/admin/{*}'] } }],
          when: [{ key: 'request.headers[user]', values: ['jason'], notValues: ['x'] }],
        },
      ],
    },
  }),
  object('gateway.networking.k8s.io/v1', 'Gateway', {
    spec: {
      gatewayClassName: 'istio',
      addresses: [{ type: 'IPAddress', value: '203.0.113.9' }],
      listeners: [{ name: 'tls', port: 15443, protocol: 'TLS', hostname: '*.local', tls: { mode: 'Passthrough', options: { a: 'b' } } }],
      infrastructure: { labels: { a: 'b' } },
    },
  }),
  ...networkPolicyKinds,
  object('install.istio.io/v1alpha1', 'IstioOperator', {
    spec: {
      profile: 'default',
      tag: '1.30.0',
      revision: 'r',
      meshConfig: { trustDomain: 'cluster.local' },
      values,
      components: {
        ingressGateways: [
          { name: 'in', enabled: true, label: { istio: 'ingressgateway' }, k8s: { service: { ports: [{ port: 80, name: 'http' }] } } },
        ],
      },
    },
  }),
  object('sailoperator.io/v1', 'Istio', { spec: { version: 'v1.30.0', namespace: 'istio-system', values } }),
  object('maistra.io/v2', 'ServiceMeshControlPlane', {
    spec: {
      version: 'v2.6',
      cluster: { name: 'west', network: 'network1' },
      security: { trust: { domain: 'd' } },
      meshConfig: {},
      gateways: {},
    },
  }),
]
