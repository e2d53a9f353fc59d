import { trimCharacters } from '#engine/manifests/parsing/trim-characters'
import type { CollectedObjects } from './collect-cluster.js'
import { istioClusterId } from './istio-cluster-id.js'
import type { ApiObject } from './list-objects.js'
import type { Refuse } from './refuse.js'

/** A context that was read, and the name stated for its cluster. */
export interface ReadContext extends CollectedObjects {
  readonly context: string
  readonly server: string
  readonly stated: string | undefined
}

/** A cluster under the name by which a topology knows it. */
export interface NamedCluster extends ReadContext {
  readonly name: string
  /** Where the name comes from, for people. */
  readonly namedBy: string
}

/**
 * The clusters' names: as stated, else as Istio calls them, in the cluster itself or in another's remote secret for its API server, else after the
 * context. Remote secrets, locality and `meshNetworks` go by Istio's name, so that another one would lead nowhere.
 */
export function nameClusters(read: readonly ReadContext[], refuse: Refuse): readonly NamedCluster[] {
  const remotes = remoteNames(read.flatMap(({ objects }) => objects))
  const named = read.map((one): NamedCluster => {
    const { stated, context, server, objects } = one
    if (stated !== undefined) return { ...one, name: stated, namedBy: 'as stated' }
    const own = istioClusterId(objects)
    if (own !== undefined) return { ...one, name: own, namedBy: 'as its Istio calls it' }
    const remote = remotes.get(originOf(server))
    if (remote !== undefined) return { ...one, name: remote, namedBy: 'as a remote secret calls it' }
    return { ...one, name: clusterNameOf(context), namedBy: 'after its context' }
  })
  for (const [position, { name, context }] of named.entries()) {
    const twin = named.find((other, at) => at < position && other.name === name)
    if (twin === undefined) continue
    const message = `contexts \`${twin.context}\` and \`${context}\` are both cluster \`${name}\`: state a name, as in \`--context ${context}=NAME\``
    throw refuse('input', message)
  }
  return named
}

const originOf = (server: string): string => new URL(server).origin

/** Cluster IDs by API server, from remote secrets; they were reduced to that when they were read. */
function remoteNames(objects: readonly ApiObject[]): ReadonlyMap<string, string> {
  const pairs = objects.flatMap(({ remoteClusters }) => Object.entries((remoteClusters ?? {}) as Readonly<Record<string, string>>))
  return new Map(pairs.map(([name, server]) => [server, name]))
}

/** `west` of `arn:…:cluster/west`, `gke_project_region_west` or `admin@west`, in characters that need no quoting. */
export function clusterNameOf(context: string): string {
  const last = context.startsWith('gke_') ? context.split('_').at(-1) : context.split(/[/@:]/).at(-1)
  const name = trimCharacters((last ?? '').replaceAll(/[^A-Za-z0-9._-]+/g, '-'), '-.')
  return name === '' ? 'cluster' : name
}
