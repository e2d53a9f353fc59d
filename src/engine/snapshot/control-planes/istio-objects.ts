import type { ClusterResources } from '../../resources/cluster-resources.js'

/** Istio objects, by their names in the register of kinds, that a control plane reads from its config cluster. */
export const istioKinds = [
  'virtualServices',
  'destinationRules',
  'sidecars',
  'gateways',
  'serviceEntries',
  'peerAuthentications',
  'authorizationPolicies',
  'requestAuthentications',
  'envoyFilters',
  'extensions',
  'proxyConfigs',
  'telemetries',
] as const satisfies readonly (keyof ClusterResources)[]

/** Filtered by revision and discovery selectors (MODEL-6, MODEL-16, MODEL-18). */
export type IstioConfiguration = Pick<ClusterResources, (typeof istioKinds)[number]>
