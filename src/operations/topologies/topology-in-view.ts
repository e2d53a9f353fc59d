import type { Caller } from '#access/caller'
import type { TopologySummary } from '#engine/model/stored/stored-version'

/** A topology as this caller may see it: what writers said of it may name anybody's things. */
export const topologyInView = ({ tenants }: Caller, topology: TopologySummary): TopologySummary =>
  tenants === undefined ? topology : { ...topology, description: null }
