import { readFile } from 'node:fs/promises'
import { load } from 'js-yaml'
import { clusterNameOf } from '../name-clusters.js'

interface Listed {
  readonly name: string
  readonly context?: { readonly cluster?: string }
}

/** What the clusters of the kubeconfig's contexts would be called; a kubeconfig that is not there, or is none, names none. */
export async function contextNames(files: readonly string[]): Promise<readonly string[]> {
  const read = await Promise.all(files.map(namesIn))
  return read.flat()
}

async function namesIn(file: string): Promise<readonly string[]> {
  try {
    const { contexts } = load(await readFile(file, 'utf8')) as { readonly contexts: readonly Listed[] }
    return [...new Set(contexts.map((one) => nameOf(one, contexts)))]
  } catch {
    return []
  }
}

/** Contexts of one cluster are called after what differs: users, or namespaces. The cluster is called as the kubeconfig calls it then. */
function nameOf({ name, context }: Listed, contexts: readonly Listed[]): string {
  const cluster = context?.cluster
  const isShared = contexts.some((other) => other.context?.cluster === cluster && clusterNameOf(other.name) !== clusterNameOf(name))
  return clusterNameOf(isShared ? (cluster ?? name) : name)
}
