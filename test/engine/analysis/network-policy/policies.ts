import { type ask, type Manifest, told } from '../../combinations/asking.js'

/** A NetworkPolicy; `place` is `namespace/name`. */
export const networkPolicy = (place: string, spec: Manifest): Manifest => {
  const [namespace, name] = place.split('/')
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { namespace, name }, spec }
}

export const app = (name: string): Manifest => ({ matchLabels: { app: name } })

/** Nothing in, or nothing out, of every pod of the namespace. */
export const denyAll = (place: string, ...policyTypes: readonly string[]): Manifest =>
  networkPolicy(place, { podSelector: {}, policyTypes: policyTypes.length === 0 ? ['Ingress'] : policyTypes })

/** Into the pods of `app: server`, what the rules say. */
export const into = (place: string, server: string, ...ingress: readonly Manifest[]): Manifest =>
  networkPolicy(place, { podSelector: app(server), policyTypes: ['Ingress'], ingress })

/** Out of the pods of `app: client`, what the rules say. */
export const outOf = (place: string, client: string, ...egress: readonly Manifest[]): Manifest =>
  networkPolicy(place, { podSelector: app(client), policyTypes: ['Egress'], egress })

/** Verdict and stage, with the assumptions of network policies. */
export const outcome = (answer: ReturnType<typeof ask>): string => {
  const rests = answer.assumptions
    .map(({ code }) => code)
    .filter((code) => /POLICY|MESH_ASSUMED|MASQUERADING|IP_BLOCK|NODE_TRAFFIC/.test(code))
  return [told(answer), ...rests].join(' ')
}

/** A policy for the whole cluster; in the second version of the API unless its kind is of the first. */
export const clusterWide = (
  kind: 'ClusterNetworkPolicy' | 'AdminNetworkPolicy' | 'BaselineAdminNetworkPolicy',
  name: string,
  spec: Manifest,
): Manifest => ({
  apiVersion: `policy.networking.k8s.io/${kind === 'ClusterNetworkPolicy' ? 'v1alpha2' : 'v1alpha1'}`,
  kind,
  metadata: { name },
  spec: { subject: { namespaces: {} }, ...spec },
})

export const anyPod = [{ namespaces: {} }]
