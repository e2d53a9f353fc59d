import { type ClusterFolder, isOfCluster } from './find-cluster-folders.js'
import type { SurveyedFile } from './survey-files.js'

/**
 * What is beside the only cluster that was found, where it cannot be in that one: it holds a remote secret of it, which no cluster has of itself, or says which
 * other cluster it is of.
 */
export function restOf(found: readonly ClusterFolder[], files: readonly SurveyedFile[]): ClusterFolder | undefined {
  const [only] = found
  if (only === undefined || found.length > 1) return undefined
  const rest = files.filter(({ path, objects }) => objects.length > 0 && !isOfCluster(only, path))
  if (rest.every(({ objects }) => objects.every(({ identity }) => identity.startsWith('/Secret ')))) return undefined
  const facts = rest.flatMap((file) => file.facts)
  const told = new Set(facts.flatMap(({ clusterName }) => clusterName ?? []))
  const [name] = told
  const place = only.files === undefined ? { folders: [''], except: only.folders } : { folders: [''], files: rest.map(({ path }) => path) }
  if (name !== undefined && told.size === 1 && name !== only.name) return { ...place, name, because: 'as its installation calls it' }
  if (name !== undefined || !facts.some(({ remotes }) => remotes.includes(only.name))) return undefined
  const because = `a guess: all that holds a remote secret of \`${only.name}\` is of another cluster, which nothing names`
  return { ...place, name: only.name === 'default' ? 'other' : 'default', because }
}
