import { load } from 'js-yaml'
import type { ClusterResources } from '#engine/resources/cluster-resources'
import { isRaw } from '#engine/resources/reading'
import { readClusterResources } from '#engine/resources/read-cluster-resources'

const meta = { name: 'a', namespace: 'n' }

/** A cluster of one object, given as its group and kind and as YAML of what stands beside its metadata. */
export const readOne = (group: string, kind: string, yaml: string): ClusterResources => {
  const written: unknown = load(yaml)
  const body = isRaw(written) ? written : {}
  const metadata = isRaw(body['metadata']) ? { ...meta, ...body['metadata'] } : meta
  const object = { ...body, apiVersion: group === '' ? 'v1' : `${group}/v1`, kind, metadata }
  return readClusterResources('digest', new TextEncoder().encode(JSON.stringify([object])))
}

/** Where parts of the objects could not be read. */
export const unreadPaths = (resources: ClusterResources): readonly string[] => resources.unreadable.map(({ path }) => path)
