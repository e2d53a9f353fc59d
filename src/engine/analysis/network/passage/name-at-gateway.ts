import type { Assumption } from '../../../model/step.js'
import { exportedService } from './exported-service.js'
import type { GatewayPlace } from './gateway-place.js'
import { rewrittenAtGateway } from '../../../istiod/proxies/cluster-rewrite.js'
import { domainSuffix } from '../../../istiod/matching/hosts.js'
import { shipsGlobalHosts } from '../../../snapshot/releases.js'
import type { MeshService } from '../../../snapshot/services/mesh-service.js'

/** The host under which a gateway looks up what a client asks for. */
export interface NameAtGateway {
  readonly hostname: string
  /** The document states that this mesh offers the service, so no Gateway object has to. */
  readonly offered: boolean
  readonly assumptions: readonly Assumption[]
}

/**
 * The client's name for the service, unless the gateway has another one, by a filter that writes it anew: `name.ns.global` was rewritten by a filter shipped for the gateway
 * of incoming calls (not for egress gateways, which hand the name on), which today's releases do not have, and a stated federation names the exporter's own service. Rules NET-32, DNS-30, DNS-32, TRUST-13.
 */
export function nameAtGateway(place: GatewayPlace, hostname: string, imported: MeshService | undefined): NameAtGateway {
  const { view, cluster, proxy } = place
  const rewritten = rewrittenAtGateway(view, proxy, hostname)
  if (rewritten !== undefined) return { hostname: rewritten.hostname, offered: false, assumptions: [] }
  if (hostname.endsWith('.global') && shipsGlobalHosts(view.controlPlane) && proxy.labels['istio'] !== 'egressgateway') {
    const message = `control plane \`${view.controlPlane.name}\` is of release ${view.controlPlane.version.text}: the Gateway and the filter for \`*.global\` that it shipped are taken to be installed`
    const assumptions: readonly Assumption[] = [{ code: 'SHIPPED_GATEWAY_ASSUMED', message, because: [proxy.ref] }]
    return { hostname: hostname.replace(/\.global$/, `.svc.${cluster.clusterDomain}`), offered: false, assumptions }
  }
  const exported = imported?.hostname === hostname ? exportedService(view.snapshot, imported) : undefined
  if (imported === undefined || exported === undefined || cluster.mesh.value !== exported.federation.exporter)
    return { hostname, offered: false, assumptions: [] }
  const { namespace, name, federation } = exported
  const message = `mesh \`${federation.exporter}\` is taken to offer \`${namespace}/${name}\` at its gateways as \`${hostname}\`, as the document states`
  const assumptions: readonly Assumption[] = [{ code: 'FEDERATION_EXPORT_ASSUMED', message, because: [imported.ref] }]
  return { hostname: `${name}.${namespace}.svc.${domainSuffix(view)}`, offered: true, assumptions }
}
