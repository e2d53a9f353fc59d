import { flatMap } from '../../flat-map.js'
import { isOn } from '../../snapshot/flags.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Assumption } from '../../model/step.js'
import { authorityOf, importsOf, type Authority } from './authority.js'
import { judged, type Judgement } from './judgement.js'
import { remembered } from '../../remembered.js'

interface Accepted {
  readonly domains: ReadonlySet<string>
  readonly assumptions: readonly Assumption[]
}

/**
 * Trust domains a sidecar server accepts: its control plane's own, the aliases, and those of `caCertificates`, the extra roots being
 * distributed or not; a stated federation adds its own. Rules TLS-20, TRUST-11.
 */
export const acceptedTrustDomains = remembered((server: Authority): Accepted => {
  const { meshConfig } = server.controlPlane
  const domains = new Set([
    server.trustDomain,
    ...meshConfig.trustDomainAliases,
    ...flatMap(meshConfig.caCertificates, ({ trustDomains }) => trustDomains),
  ])
  const assumptions: Assumption[] = []
  for (const federation of importsOf(server)) {
    const implied =
      federation.trustBundle !== undefined && federation.trustBundle !== false ? domainsOfMesh(server, federation.exporter) : []
    const added = federation.trustDomains ?? implied
    if (added.length === 0) continue
    for (const domain of added) domains.add(domain)
    const message = `the stated federation makes mesh \`${federation.importer}\` accept trust domain \`${added.join('`, `')}\``
    assumptions.push({ code: 'FEDERATION_APPLIED', message, because: [] })
  }
  return { domains, assumptions }
})

function domainsOfMesh({ snapshot }: Authority, mesh: string): readonly string[] {
  const stated = snapshot.meshes.find(({ name }) => name === mesh)?.trustDomain.value
  if (stated !== undefined) return [stated]
  return flatMap([...snapshot.controlPlanes.values()], (controlPlane) => {
    if (controlPlane.mesh !== mesh) return []
    return authorityOf(snapshot, controlPlane.configCluster ?? '', controlPlane.name, false)?.trustDomain ?? []
  })
}

/** Does the server accept a client certificate of this trust domain (TLS-20, TLS-21)? */
export function judgeTrustDomain(trustDomain: string, server: Authority): Judgement {
  const { controlPlane } = server
  const because: readonly ResourceRef[] = controlPlane.meshConfig.because
  if (isOn(controlPlane, 'PILOT_SKIP_VALIDATE_TRUST_DOMAIN')) {
    return judged('TRUSTED', 'TRUST_DOMAIN_NOT_CHECKED', `control plane \`${controlPlane.name}\` turns the check of trust domains off`, [
      controlPlane.ref,
    ])
  }
  const { domains, assumptions } = acceptedTrustDomains(server)
  if (domains.has(trustDomain)) {
    return judged(
      'TRUSTED',
      'TRUST_DOMAIN_ACCEPTED',
      `trust domain \`${trustDomain}\` is one that control plane \`${controlPlane.name}\` accepts`,
      because,
      assumptions,
    )
  }
  const message = `control plane \`${controlPlane.name}\` accepts trust domain \`${[...domains].join('`, `')}\`, and the client’s certificate has \`${trustDomain}\``
  return judged('NOT_TRUSTED', 'TRUST_DOMAIN_NOT_ACCEPTED', message, because)
}
