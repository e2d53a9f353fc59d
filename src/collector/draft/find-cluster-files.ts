/**
 * Which files of one folder are clusters of their own?
 *
 * Those that say of themselves which cluster they are from, those that are called as a cluster that something names, and files side by side that are
 * called as clusters are and hold the same objects differently, which one cluster could not.
 */
import { clusterNameOf } from '../name-clusters.js'
import { isPlaceName } from './is-place-name.js'
import type { ClusterFolder } from './find-cluster-folders.js'
import type { SurveyedFile } from './survey-files.js'

const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '')
const stemOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.(?:ya?ml|json)$/i, '')

/** `names`: clusters that somebody names. */
export function findClusterFiles(files: readonly SurveyedFile[], names: ReadonlySet<string>): readonly ClusterFolder[] {
  const holding = files.filter(({ objects }) => objects.length > 0)
  for (const find of [toldByThemselves, calledAsNamed, twins]) {
    const found = find(holding, names)
    if (found.size > 1)
      return [...found].map(([name, { because, paths }]) => ({ folder: folderOf(paths[0] ?? ''), name, because, files: paths }))
  }
  return []
}

type Found = ReadonlyMap<string, { readonly because: string; readonly paths: readonly string[] }>

function grouped(files: readonly SurveyedFile[], nameOf: (file: SurveyedFile) => string | undefined, because: string): Found {
  const found = new Map<string, { readonly because: string; readonly paths: string[] }>()
  for (const file of files) {
    const name = nameOf(file)
    if (name === undefined) continue
    const known = found.get(name) ?? { because, paths: [] }
    found.set(name, known)
    known.paths.push(file.path)
  }
  return found
}

const toldByThemselves = (files: readonly SurveyedFile[]): Found =>
  grouped(
    files,
    ({ facts }) => {
      const told = new Set(facts.flatMap(({ clusterName }) => clusterName ?? []))
      return told.size === 1 ? [...told][0] : undefined
    },
    'as its objects call it',
  )

const calledAsNamed = (files: readonly SurveyedFile[], names: ReadonlySet<string>): Found =>
  grouped(
    files,
    ({ path }) => [stemOf(path), clusterNameOf(stemOf(path))].find((name) => names.has(name)),
    'a cluster that something here, or a context, names',
  )

/** Words by which people say what a file is about, and not which one it is. */
const general = new Set(['cluster', 'mesh', 'region', 'context', 'kube', 'k8s'])

const wordsOf = (path: string): readonly string[] =>
  stemOf(path)
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => !general.has(word))

const sharesWord = (one: string, other: string): boolean => wordsOf(one).some((word) => wordsOf(other).includes(word))

function twins(files: readonly SurveyedFile[]): Found {
  const isTwin = (one: SurveyedFile): boolean =>
    files.some(
      (other) =>
        other !== one && folderOf(other.path) === folderOf(one.path) && !sharesWord(one.path, other.path) && holdDifferently(one, other),
    )
  const found = files.filter(isTwin)
  const areCalledSo = found.every(({ path }) => isPlaceName(stemOf(path)))
  return areCalledSo ? grouped(found, ({ path }) => stemOf(path).replaceAll(/[^A-Za-z0-9._-]+/g, '-'), 'after its file') : new Map()
}

/** Mostly the same objects, and one of them differs. */
function holdDifferently(one: SurveyedFile, other: SurveyedFile): boolean {
  const texts = new Map(other.objects.map(({ identity, text }) => [identity, text]))
  const shared = one.objects.filter(({ identity }) => texts.has(identity))
  return (
    shared.length * 2 >= Math.min(one.objects.length, other.objects.length) &&
    shared.some(({ identity, text }) => texts.get(identity) !== text)
  )
}
