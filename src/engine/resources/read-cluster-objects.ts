import type { ConfigMap, KubernetesGateway, NetworkPolicy, Node } from './cluster-objects.js'
import type { Meta } from './meta.js'
import {
  findObject,
  findText,
  type Raw,
  type Reading,
  readLabels,
  readList,
  readNumber,
  readObject,
  readText,
  readTexts,
} from './reading.js'

/** Rule MODEL-33: GA label keys, then the beta ones. */
export const readNode = (reading: Reading, raw: Raw, meta: Meta): Node => ({
  meta,
  region: meta.labels['topology.kubernetes.io/region'] ?? meta.labels['failure-domain.beta.kubernetes.io/region'] ?? '',
  zone: meta.labels['topology.kubernetes.io/zone'] ?? meta.labels['failure-domain.beta.kubernetes.io/zone'] ?? '',
  subzone: meta.labels['topology.istio.io/subzone'] ?? '',
  externalIps: readList(reading, readObject(reading, raw, 'status', ''), 'addresses', 'status', (inner, item, at) =>
    item['type'] === 'ExternalIP' ? findText(inner, item, 'address', at) : undefined,
  ),
})

const meaningful = /^istio|^values|^coredns|^kube-dns/

/** Keeps data only of ConfigMaps that say something of the mesh or of DNS; any ConfigMap may hold a shared mesh configuration. */
export const readConfigMap = (reading: Reading, raw: Raw, meta: Meta): ConfigMap => {
  const data = readLabels(reading, raw, 'data', '')
  const speaks = meaningful.test(meta.name) || data['mesh'] !== undefined || data['meshNetworks'] !== undefined
  return { meta, data: speaks ? data : {} }
}

const readListener = (reading: Reading, item: Raw, at: string): KubernetesGateway['listeners'][number] => {
  const hostname = findText(reading, item, 'hostname', at)
  const tls = findObject(reading, item, 'tls', at)
  const mode = tls === undefined ? undefined : findText(reading, tls, 'mode', `${at}.tls`)
  return {
    name: readText(reading, item, 'name', at),
    port: readNumber(reading, item, 'port', at),
    protocol: readText(reading, item, 'protocol', at),
    ...(hostname === undefined ? {} : { hostname }),
    ...(tls === undefined
      ? {}
      : { tls: { ...(mode === undefined ? {} : { mode }), options: readLabels(reading, tls, 'options', `${at}.tls`) } }),
  }
}

/** `gateway.networking.k8s.io` Gateway. */
export const readKubernetesGateway = (reading: Reading, raw: Raw, meta: Meta): KubernetesGateway => {
  const spec = readObject(reading, raw, 'spec', '')
  return {
    meta,
    className: readText(reading, spec, 'gatewayClassName', 'spec'),
    addresses: readList(reading, spec, 'addresses', 'spec', (inner, item, at) => {
      const type = findText(inner, item, 'type', at)
      return { ...(type === undefined ? {} : { type }), value: readText(inner, item, 'value', at) }
    }),
    listeners: readList(reading, spec, 'listeners', 'spec', readListener),
    infrastructureLabels: readLabels(reading, readObject(reading, spec, 'infrastructure', 'spec'), 'labels', 'spec.infrastructure'),
  }
}

/** Without `policyTypes` Kubernetes takes Ingress, and Egress too where the policy has egress rules. */
export const readNetworkPolicy = (reading: Reading, raw: Raw, meta: Meta): NetworkPolicy => {
  const spec = readObject(reading, raw, 'spec', '')
  const types = readTexts(reading, spec, 'policyTypes', 'spec')
  const rules = readList(reading, spec, 'egress', 'spec', (_, item) => item)
  return {
    meta,
    podSelector: readLabels(reading, readObject(reading, spec, 'podSelector', 'spec'), 'matchLabels', 'spec.podSelector'),
    restrictsIngress: types.length === 0 || types.includes('Ingress'),
    restrictsEgress: types.length === 0 ? rules.length > 0 : types.includes('Egress'),
  }
}
