import type { Authority } from '../../analysis/trust/authority.js'
import { servesAmbient } from '../../istiod/ambient/serves-ambient.js'

/** What else an alias among trust domains does: policies take all local ones for one, except those that ztunnel reads literally. Rules AUTHZ-15, AUTHZ-40. */
export const tellAliases = (...sides: readonly Authority[]): string => {
  const hasZtunnels = sides.some(({ snapshot, controlPlane }) => servesAmbient(snapshot.view(controlPlane.name)) !== undefined)
  return `AuthorizationPolicies that name an account of either trust domain then mean the same account of the other too${hasZtunnels ? ', except at ztunnel' : ''}`
}
