import type { Service } from '../../resources/kubernetes/service.js'
import type { Cluster } from '../snapshot.js'
import { namedIn } from './named-in.js'

/** The Service object of that name in this very cluster. */
export const findService = ({ resources }: Cluster, namespace: string, name: string): Service | undefined =>
  namedIn(resources.services, namespace, name)
