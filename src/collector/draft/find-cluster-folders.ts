/**
 * Which folders are clusters?
 *
 * Those that are called as Istio, or a context, calls a cluster, those that stand in a folder for clusters, and where there are none of these, folders
 * side by side that are called as clusters are and hold the same objects: one cluster has each object once.
 */
import { isPlaceName } from './is-place-name.js'
import type { SurveyedFile } from './survey-files.js'

/** A folder, or some of its files, and what the cluster in it is called. */
export interface ClusterFolder {
  readonly folder: string
  /** Absent: all that are below the folder. */
  readonly files?: readonly string[]
  readonly name: string
  /** For people. */
  readonly because: string
}

const forClusters = new Set(['clusters', 'cluster', 'contexts', 'regions'])

const partsOf = (path: string): readonly string[] => path.split('/').slice(0, -1)
const foldersOver = (path: string): readonly string[] => partsOf(path).map((_, at, parts) => parts.slice(0, at + 1).join('/'))
const baseOf = (folder: string): string => folder.slice(folder.lastIndexOf('/') + 1)
const parentOf = (folder: string): string => (folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '')

export const isInside = (path: string, folder: string): boolean => path.startsWith(`${folder}/`)

/** `names`: clusters that somebody names. */
export function findClusterFolders(files: readonly SurveyedFile[], names: ReadonlySet<string>): readonly ClusterFolder[] {
  const holding = files.filter(({ objects }) => objects.length > 0)
  const folders = [...new Set(holding.flatMap(({ path }) => foldersOver(path)))]
  const told = outermost(folders.filter((folder) => names.has(baseOf(folder)) || forClusters.has(baseOf(parentOf(folder)))))
  const found = told.length > 0 ? told : twins(folders, holding)
  return distinct(found.map((folder) => ({ folder, ...nameOf(folder, files, names) })))
}

const outermost = (folders: readonly string[]): readonly string[] =>
  folders.filter((folder) => !folders.some((other) => isInside(folder, other)))

/** Folders side by side that are called as clusters are and hold mostly the same objects: the outermost such. */
function twins(folders: readonly string[], files: readonly SurveyedFile[]): readonly string[] {
  const held = new Map(folders.map((folder) => [folder, objectsBelow(folder, files)]))
  const isTwin = (folder: string): boolean =>
    isPlaceName(baseOf(folder)) &&
    folders.some(
      (other) =>
        other !== folder &&
        isPlaceName(baseOf(other)) &&
        parentOf(other) === parentOf(folder) &&
        areAlike(held.get(folder), held.get(other)),
    )
  return outermost(folders.filter(isTwin))
}

const objectsBelow = (folder: string, files: readonly SurveyedFile[]): ReadonlySet<string> =>
  new Set(files.flatMap(({ path, objects }) => (isInside(path, folder) ? objects.map(({ identity }) => identity) : [])))

function areAlike(one: ReadonlySet<string> = new Set(), other: ReadonlySet<string> = new Set()): boolean {
  const shared = [...one].filter((identity) => other.has(identity)).length
  return shared * 2 >= Math.min(one.size, other.size)
}

function nameOf(folder: string, files: readonly SurveyedFile[], names: ReadonlySet<string>): Omit<ClusterFolder, 'folder'> {
  const told = new Set(
    files.filter(({ path }) => isInside(path, folder)).flatMap(({ facts }) => facts.flatMap(({ clusterName }) => clusterName ?? [])),
  )
  const [only] = told
  if (only !== undefined && told.size === 1) return { name: only, because: 'as its installation calls it' }
  const name = baseOf(folder).replaceAll(/[^A-Za-z0-9._-]+/g, '-')
  return { name, because: names.has(baseOf(folder)) ? 'a cluster that something here, or a context, names' : 'after its folder' }
}

/** Two folders of one name are told apart by their paths. */
const distinct = (folders: readonly ClusterFolder[]): readonly ClusterFolder[] =>
  folders.map((one) => {
    const isOnly = folders.every((other) => other === one || other.name !== one.name)
    return isOnly ? one : { ...one, name: one.folder.replaceAll(/[^A-Za-z0-9._-]+/g, '-'), because: 'after its path' }
  })
