import { pausing } from '../../pause.js'
import type { Service, ServicePort } from '../../resources/kubernetes/service.js'
import { followsExternalNames } from '../../snapshot/releases.js'
import type { Cluster, ControlPlane, Snapshot } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'

const isBytes = ({ protocol }: ServicePort): boolean => protocol === 'TCP' || protocol === 'AUTO'

const planesOf = ({ controlPlanes }: Snapshot, { managedBy }: Cluster): readonly ControlPlane[] =>
  managedBy.flatMap((name) => controlPlanes.get(name) ?? [])

function breachOf(snapshot: Snapshot, cluster: Cluster, { meta, ports, externalName }: Service): Breach | undefined {
  const port = ports.find(isBytes)
  const planes = planesOf(snapshot, cluster)
  if (port === undefined || planes.length === 0) return undefined
  const named = port.name === '' ? 'has no name' : `is named \`${port.name}\``
  const told = `port ${port.number} of this ExternalName ${named}, which says no HTTP and no TLS`
  const on = cluster.ref(meta, `spec.ports[${ports.indexOf(port)}].name`)
  if (!planes.every(followsExternalNames)) {
    const message = `${told}: proxies of releases before 1.21 listen for it on all addresses of the port and take what goes to other services there; name it \`http\`, \`tls\` or \`https\`, or leave the port out`
    return { on, severity: 'WARNING', message }
  }
  const message = `${told}: proxies then go by the address alone, and neither routes nor server names for \`${meta.name}\` or \`${externalName ?? ''}\` count; name it \`http\`, \`tls\` or \`https\`, or leave the port out`
  return { on, severity: 'INFO', message }
}

export const externalNameWithoutProtocol: Rule = {
  code: 'SEN103',
  name: 'external-name-without-protocol',
  severity: 'WARNING',
  istio: ['IST0150'],
  kiali: [],
  summary: 'A port of an ExternalName Service says neither HTTP nor TLS, by which proxies tell its calls (EDS-13).',
  *check(snapshot): Iterable<Breach> {
    for (const cluster of snapshot.clusters.values()) {
      for (const services of pausing(cluster.resources.services.values())) {
        for (const service of pausing(services)) {
          const breach = service.type === 'ExternalName' ? breachOf(snapshot, cluster, service) : undefined
          if (breach !== undefined) yield breach
        }
      }
    }
  },
}
