import type { Manifest } from './stand-in.js'

const key = '-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg\n-----END PRIVATE KEY-----\n'
const encoded = (text: string): string => Buffer.from(text).toString('base64')

/** Words that must never come out of a collection. */
export const secretWords: readonly string[] = [
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg',
  'c2VjcmV0LXRva2Vu',
  'hunter2-not-for-you',
]

const object = (apiVersion: string, kind: string, place: string, rest: Manifest, metadata: Manifest = {}): Manifest => {
  const [namespace, name] = place.includes('/') ? place.split('/') : [undefined, place]
  const managedFields = [{ manager: 'kubectl', operation: 'Apply', fieldsV1: { 'f:spec': {} } }]
  return { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }), managedFields, ...metadata }, ...rest }
}

const namespace = (name: string, labels: Manifest = {}): Manifest => object('v1', 'Namespace', name, {}, { labels })

export const pod = (place: string, ip: string, app: string, containers: readonly Manifest[] = []): Manifest =>
  object(
    'v1',
    'Pod',
    place,
    {
      spec: {
        serviceAccountName: app,
        containers: [
          { name: 'app', image: `example/${app}:1.0`, env: [{ name: 'DB_PASSWORD', value: 'hunter2-not-for-you' }] },
          ...containers,
        ],
      },
      status: { podIP: ip, podIPs: [{ ip }], phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
    },
    { labels: { app, ...(containers.length > 0 ? { 'security.istio.io/tlsMode': 'istio' } : {}) } },
  )

/** A cluster with a mesh: an istiod, `shop/web` and `shop/cart` with proxies, a remote secret and a plugged-in CA without certificates. */
export function meshCluster(id: string, remote: { readonly name: string; readonly server: string } | undefined): readonly Manifest[] {
  const proxy = { name: 'istio-proxy', image: 'istio/proxyv2:1.30.2', env: [{ name: 'ISTIO_META_CLUSTER_ID', value: id }] }
  const kubeconfig = (server: string): string =>
    `apiVersion: v1\nkind: Config\nclusters:\n- cluster: { server: "${server}" }\n  name: x\nusers:\n- name: x\n  user: { token: c2VjcmV0LXRva2Vu }\n`
  const istiod = { containers: [{ name: 'discovery', image: 'istio/pilot:1.30.2', env: [{ name: 'CLUSTER_ID', value: id }] }] }
  return [
    namespace('istio-system'),
    namespace('shop', { 'istio-injection': 'enabled' }),
    namespace('kube-system'),
    object(
      'apps/v1',
      'Deployment',
      'istio-system/istiod',
      { spec: { selector: { matchLabels: { app: 'istiod' } }, template: { metadata: { labels: { app: 'istiod' } }, spec: istiod } } },
      { labels: { app: 'istiod', 'istio.io/rev': 'default' } },
    ),
    object('v1', 'ConfigMap', 'istio-system/istio', { data: { mesh: 'rootNamespace: istio-system\n' } }),
    object('v1', 'ConfigMap', 'shop/settings', { data: { password: 'hunter2-not-for-you' } }),
    object('v1', 'ConfigMap', 'kube-system/coredns', { data: { Corefile: '.:53 {\n}\n' } }),
    object('v1', 'ConfigMap', 'kube-system/kubeadm-config', { data: { token: 'hunter2-not-for-you' } }),
    object('v1', 'Secret', 'istio-system/cacerts', { data: { 'ca-key.pem': encoded(key) } }),
    object('v1', 'Secret', 'istio-system/sh.helm.release.v1.istiod', { data: { release: encoded(key) } }),
    object('v1', 'Secret', 'shop/database', { data: { password: encoded('hunter2-not-for-you') } }),
    ...(remote === undefined
      ? []
      : [
          object(
            'v1',
            'Secret',
            `istio-system/istio-remote-secret-${remote.name}`,
            { data: { [remote.name]: encoded(kubeconfig(remote.server)) } },
            { labels: { 'istio/multiCluster': 'true' } },
          ),
        ]),
    ...['web', 'cart'].map((app) => object('v1', 'ServiceAccount', `shop/${app}`, { secrets: [{ name: 'hunter2-not-for-you' }] })),
    pod('shop/web-1', '10.0.0.1', 'web', [proxy]),
    pod('shop/cart-1', '10.0.0.2', 'cart', [proxy]),
    object('v1', 'Service', 'shop/cart', {
      spec: {
        clusterIP: '10.255.0.2',
        clusterIPs: ['10.255.0.2'],
        selector: { app: 'cart' },
        ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }],
      },
    }),
    object(
      'discovery.k8s.io/v1',
      'EndpointSlice',
      'shop/cart-x',
      {
        addressType: 'IPv4',
        endpoints: [
          { addresses: ['10.0.0.2'], conditions: { ready: true }, targetRef: { kind: 'Pod', namespace: 'shop', name: 'cart-1' } },
        ],
        ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
      },
      { labels: { 'kubernetes.io/service-name': 'cart' } },
    ),
  ]
}
