import type { MeshService } from './mesh-service.js'

/** Is the name that of a single pod of the headless service, as a StatefulSet's pods have it (DNS-4, DNS-12)? */
export const namesPodOf = (hostname: string, { headless, registry, hostname: own }: MeshService): boolean =>
  headless && registry === 'KUBERNETES' && hostname.endsWith(`.${own}`)

/** `service.namespace` of a name under `svc.<domain>`, with the pod's own name where one stands before it. */
export function readServiceName(host: string, domain: string): { name: string; namespace: string; pod: string | undefined } | undefined {
  const suffix = `.svc.${domain}`
  if (!host.endsWith(suffix)) return undefined
  const labels = host.slice(0, -suffix.length).split('.')
  const [namespace, name, pod] = labels.reverse()
  if (namespace === undefined || name === undefined || labels.length > 3) return undefined
  return { name, namespace, pod }
}

/** The Service of the API server, which every cluster has whether the document gives it or not. */
export const apiServerName = (domain: string): string => `kubernetes.default.svc.${domain}`
