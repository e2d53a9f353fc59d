import { readFile } from 'node:fs/promises'
import { load } from 'js-yaml'
import { clusterNameOf } from '../name-clusters.js'

/** What the clusters of the kubeconfig's contexts would be called; a kubeconfig that is not there, or is none, names none. */
export async function contextNames(files: readonly string[]): Promise<readonly string[]> {
  const read = await Promise.all(files.map(namesIn))
  return read.flat()
}

async function namesIn(file: string): Promise<readonly string[]> {
  try {
    const { contexts } = load(await readFile(file, 'utf8')) as { readonly contexts: readonly { readonly name: string }[] }
    return contexts.map(({ name }) => clusterNameOf(name))
  } catch {
    return []
  }
}
