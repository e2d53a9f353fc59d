import type { MeshService } from '../snapshot/mesh-service.js'

/** Is the name that of a single pod of the headless service, as a StatefulSet's pods have it (DNS-4, DNS-12)? */
export const namesPodOf = (hostname: string, { headless, registry, hostname: own }: MeshService): boolean =>
  headless && registry === 'KUBERNETES' && hostname.endsWith(`.${own}`)
