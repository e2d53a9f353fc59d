import { nearestNames } from '../../istiod/matching/nearest-names.js'
import { fieldOf } from '../../snapshot/references.js'
import type { ControlPlane, Snapshot } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'

/** What istiod calls its own cluster where its installation gives no name. */
const unnamed = 'Kubernetes'

const isKnown = (snapshot: Snapshot, { remoteSecrets }: ControlPlane, registry: string): boolean =>
  registry === unnamed || snapshot.clusters.has(registry) || remoteSecrets.value?.includes(registry) === true

function tell(snapshot: Snapshot, plane: ControlPlane, network: string, registry: string): Breach {
  const [first = plane.ref] = plane.meshNetworks.because
  const on = fieldOf(first, `networks.${network}.endpoints`)
  const [near] = nearestNames(registry, [...snapshot.clusters.keys()])
  const hint = near === undefined ? '' : `; did you mean \`${near}\`?`
  if (plane.remoteSecrets.value === undefined) {
    const message = `\`fromRegistry: ${registry}\` is no cluster of the document; it counts only if control plane \`${plane.name}\` has a remote secret for a cluster of that name${hint}`
    return { on, message, severity: 'INFO' }
  }
  const message = `\`fromRegistry: ${registry}\` is no cluster that control plane \`${plane.name}\` reads, so that no endpoint counts as one of network \`${network}\` by it, and its gateways are not used for them${hint}`
  return { on, message }
}

export const registryUnknown: Rule = {
  code: 'NET103',
  name: 'registry-unknown',
  severity: 'WARNING',
  istio: ['IST0126'],
  kiali: [],
  summary: '`meshNetworks` speaks of a cluster that its control plane does not read (MODEL-14, NET-1).',
  *check(snapshot): Iterable<Breach> {
    const told = new Set<unknown>()
    for (const plane of snapshot.controlPlanes.values()) {
      const key = JSON.stringify(plane.meshNetworks.because)
      if (plane.meshNetworks.because.length > 0 && told.has(key)) continue
      told.add(key)
      for (const { name, fromRegistry } of plane.meshNetworks.networks) {
        for (const registry of fromRegistry) if (!isKnown(snapshot, plane, registry)) yield tell(snapshot, plane, name, registry)
      }
    }
  },
}
