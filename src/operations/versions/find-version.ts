import { noTopology } from '#access/no-topology'
import type { VersionContent } from '#analyst/analyst'
import { AppError } from '#engine/model/app-error'
import type { VersionSummary } from '#engine/model/stored/stored-version'
import type { Means } from '../dependencies.js'
import { contentOf } from '../documents/content-of.js'
import { isName } from '../topologies/name.js'
import { summaryOf } from './summary-of.js'

/** Where a version is: `ref` is a number, `latest`, a tag, or `sha256:…`. */
export interface VersionAddress {
  readonly topology: string
  readonly ref: string
}

/** A version found: what users see of it, and what questions are asked about. */
export interface FoundVersion {
  readonly summary: VersionSummary
  readonly content: VersionContent
}

/** The version at an address; TOPOLOGY_NOT_FOUND or VERSION_NOT_FOUND when there is none, VERSION_PRUNED when there is none any more. */
export async function findVersion({ store }: Pick<Means, 'store'>, { topology, ref }: VersionAddress): Promise<FoundVersion> {
  if (!isName(topology)) throw noTopology(topology)
  const version = isRef(ref) ? await store.findVersion(topology, ref) : undefined
  if (version !== undefined) return { summary: summaryOf(version), content: contentOf(store, version) }
  if ((await store.findTopology(topology)) === undefined) throw noTopology(topology)
  if (await store.isPruned(topology, ref)) throw new AppError('VERSION_PRUNED', `version \`${ref}\` of topology \`${topology}\` was pruned`)
  throw new AppError('VERSION_NOT_FOUND', `topology \`${topology}\` has no version \`${ref}\``)
}

const isRef = (ref: string): boolean => isName(ref) || /^sha256:[0-9a-f]{64}$/.test(ref)
