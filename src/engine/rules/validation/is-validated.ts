import { groupOf } from '../../manifests/kinds.js'

/** Of these kinds istiod's own validation says more than their schemas do. */
export const isValidated = ({ apiVersion }: { readonly apiVersion: string }): boolean => groupOf(apiVersion).endsWith('.istio.io')
