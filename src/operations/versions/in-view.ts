import type { Caller } from '#access/caller'
import type { TopologyHeader } from '#engine/model/topology-document'
import type { VersionSummary } from '#engine/model/stored/stored-version'
import type { Means } from '../dependencies.js'
import type { FoundVersion } from './find-version.js'

/**
 * The version as this caller may ask about it.
 *
 * Whose things they are shown is said by the version that the tag `access` points at, else by the newest, whichever they ask about.
 */
export async function inView({ store }: Pick<Means, 'store'>, caller: Caller, { summary, content }: FoundVersion): Promise<FoundVersion> {
  const { tenants } = caller
  if (tenants === undefined) return { summary, content }
  const { topology } = summary
  const decides = (await store.findVersion(topology, 'access')) ?? (await store.findVersion(topology, 'latest'))
  const stated = (JSON.parse(decides?.header ?? '{}') as Partial<TopologyHeader>).tenants ?? []
  return {
    summary: summaryInView(caller, summary),
    content: { ...content, view: { tenants: stated.filter(({ name }) => tenants.includes(name)) } },
  }
}

/** What writers said of a version may name anybody's things. */
export const summaryInView = ({ tenants }: Caller, summary: VersionSummary): VersionSummary =>
  tenants === undefined ? summary : { ...summary, message: null, author: null }
