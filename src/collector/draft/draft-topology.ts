import { groupBy } from '#engine/group-by'
import type { SuppliedFile } from '#engine/manifests/document-text'
import { findClusterFiles } from './find-cluster-files.js'
import { type ClusterFolder, findClusterFolders, isOfCluster } from './find-cluster-folders.js'
import type { ClusterFacts } from './cluster-facts.js'
import { foldersOf, foldersOver, parentOf } from './cluster-place.js'
import { gatewayLines, networkLines, ofRegistry, quoted, type RegisteredNetwork, registeredNetworks } from './registered-networks.js'
import { restOf } from './rest-of.js'
import { surveyFiles, type SurveyedFile } from './survey-files.js'
import { calledAsContexts, type ClusterNames } from './told-places.js'

/** A first topology.yaml, with comments. */
export interface Draft {
  readonly text: string
  readonly clusters: readonly ClusterFolder[]
  /** Files with objects. */
  readonly files: number
  /** Those of them that are left out of a cluster, as another of its files holds an object of theirs differently. */
  readonly alternatives: readonly string[]
}

/**
 * A topology.yaml for what is there: clusters by folder or file, their names and facts from installations, values, remote secrets and meshNetworks. What
 * objects say is used without being stated, so only what stands in values is; everything else is left as a comment.
 *
 * `contexts`: names of clusters that the kubeconfig has.
 */
export function draftTopology(files: readonly SuppliedFile[], contexts: readonly string[]): Draft {
  const surveyed = surveyFiles(files)
  const facts = surveyed.flatMap((file) => file.facts)
  const names: ClusterNames = {
    told: new Set(facts.flatMap(({ clusterName, others }) => [clusterName ?? [], others].flat())),
    contexts: new Set(contexts),
  }
  const found = findClusters(surveyed, names)
  const folders = found.length > 0 ? found : [wholeDirectory(facts)]
  const shared = found.length === 0 ? [] : sharedFolders(surveyed, folders)
  const missing = [...new Set(facts.flatMap(({ others }) => others))].filter((name) => !folders.some((folder) => folder.name === name))
  const networks = registeredNetworks(surveyed)
  const drafts = folders.map((folder) => draftOf(folder, surveyed, shared))
  const text = [
    ...opening,
    'clusters:',
    ...(found.length > 0 ? [] : contextLines(surveyed, names)),
    ...drafts.flatMap((draft) => clusterLines(draft, shared, networks, kustomizationsOf(draft.cluster, files))),
    ...missing.map((name) => `# - name: ${name}   # remote secrets or meshNetworks name this cluster, and nothing of it is here`),
    ...networkLines(networks),
    ...gatewayLines(networks, folders),
    ...closing,
  ]
  return {
    text: `${text.join('\n')}\n`,
    clusters: folders,
    files: surveyed.filter(({ objects }) => objects.length > 0).length,
    alternatives: [...new Set(drafts.flatMap(({ alternatives }) => [...alternatives]))],
  }
}

function findClusters(files: readonly SurveyedFile[], names: ClusterNames): readonly ClusterFolder[] {
  const inFolders = findClusterFolders(files, names)
  const found = inFolders.length > 0 ? inFolders : findClusterFiles(files, names)
  const rest = restOf(found, files)
  if (rest !== undefined) return [...found, rest]
  return inFolders.length > 0 || found.length > 1 ? found : []
}

const wholeDirectory = (facts: readonly ClusterFacts[]): ClusterFolder => {
  const [name, ...others] = new Set(facts.flatMap(({ clusterName }) => clusterName ?? []))
  const also =
    others.length === 0
      ? ''
      : `; others call it ${others.map((other) => `\`${other}\``).join(', ')}: move what is of these to folders of their own`
  return name === undefined
    ? { folders: [''], name: 'default', because: 'nothing names it' }
    : { folders: [''], name, because: `as its installation calls it${also}` }
}

/** A context alone makes no cluster of a folder: it is said, since the folder may be one. */
const contextLines = (files: readonly SurveyedFile[], names: ClusterNames): readonly string[] =>
  calledAsContexts(foldersOf(files), names)
    .slice(0, 20)
    .map(
      ({ path }) =>
        `# the kubeconfig has a context called as the folder ${quoted(path)} is; nothing else says that it is a cluster of its own`,
    )

/** A cluster's own files, and values that name it. */
function within(files: readonly SurveyedFile[], cluster: ClusterFolder): readonly SurveyedFile[] {
  const isNamed = ({ objects, facts }: SurveyedFile): boolean =>
    objects.length === 0 && facts.some(({ clusterName }) => clusterName === cluster.name)
  return files.filter((file) => isOfCluster(cluster, file.path) || isNamed(file))
}

/** A cluster with its files, and those of them, and of what all share, that another file stands for. */
interface ClusterDraft {
  readonly cluster: ClusterFolder
  readonly files: readonly SurveyedFile[]
  readonly alternatives: ReadonlySet<string>
}

function draftOf(cluster: ClusterFolder, surveyed: readonly SurveyedFile[], shared: readonly Shared[]): ClusterDraft {
  const files = within(surveyed, cluster)
  return { cluster, files, alternatives: new Set(alternativesAmong([...files, ...shared.flatMap((one) => one.files)])) }
}

/** A folder with objects that are in no cluster's: the outermost that holds nothing of a cluster, or where files of one stand beside them that folder alone. */
interface Shared {
  readonly folder: string
  /** With all that is below it. */
  readonly deep: boolean
  readonly files: readonly SurveyedFile[]
  /** Files of it that are a cluster's. */
  readonly except: readonly string[]
}

function sharedFolders(files: readonly SurveyedFile[], clusters: readonly ClusterFolder[]): readonly Shared[] {
  const holding = files.filter(({ objects }) => objects.length > 0)
  const isLeft = ({ path }: SurveyedFile): boolean => !clusters.some((cluster) => isOfCluster(cluster, path))
  const taken = new Set(holding.filter((file) => !isLeft(file)).flatMap(({ path }) => foldersOver(path)))
  const folderOf = (path: string): string => foldersOver(path).find((folder) => !taken.has(folder)) ?? parentOf(path)
  const own = clusters.flatMap((cluster) => cluster.files ?? [])
  return [...groupBy(holding.filter(isLeft), ({ path }) => folderOf(path))].map(([folder, inside]) => ({
    folder,
    deep: folder !== '' && !taken.has(folder),
    files: inside,
    except: own.filter((path) => parentOf(path) === folder),
  }))
}

const pattern = (folder: string, deep: boolean): string =>
  JSON.stringify(`${folder === '' ? '' : `${escaped(folder)}/`}${deep ? '**/' : ''}*.{yaml,yml,json}`)

/** Characters that patterns give a meaning. */
const escaped = (folder: string): string => folder.replaceAll(/[[\]{}()*?!\\]/g, '?')

const includeLines = ({ folders, files }: ClusterFolder): readonly string[] => {
  if ((files ?? []).length > 0) return ['  - include:', ...listed(files ?? [])]
  const [folder = '', ...others] = folders
  if (others.length === 0) return [`  - include: ${pattern(folder, true)}`]
  return ['  - include:', ...folders.map((one) => `    - ${pattern(one, true)}`)]
}

const listed = (paths: readonly string[]): readonly string[] => paths.map((path) => `    - ${JSON.stringify(escaped(path))}`)

/** Nothing is left to include where another file stands for each. */
function sharedLines({ folder, deep, files, except }: Shared, alternatives: ReadonlySet<string>): readonly string[] {
  const others = files.flatMap(({ path }) => (alternatives.has(path) ? [path] : []))
  const include = `- include: ${pattern(folder, deep)}`
  if (others.length === files.length) return [`  # ${include}   # each holds an object that another file here holds differently`]
  return [`  ${include}`, ...excludeLines(except, others)]
}

/** `others`: files of clusters, and `folders` of them; `alternatives`: those that another file stands for. */
const excludeLines = (others: readonly string[], alternatives: readonly string[], folders: readonly string[] = []): readonly string[] => [
  ...(others.length + alternatives.length + folders.length === 0 ? [] : ['    exclude:']),
  ...folders.map((folder) => `    - ${pattern(folder, true)}`),
  ...listed(others),
  ...(alternatives.length === 0 ? [] : ['    # each holds an object that another file here holds differently: choose one of both']),
  ...listed(alternatives),
]

function clusterLines(
  { cluster, files, alternatives }: ClusterDraft,
  shared: readonly Shared[],
  networks: readonly RegisteredNetwork[],
  kustomizations: readonly string[],
): readonly string[] {
  const { name, because } = cluster
  const inOwn = files.flatMap(({ path }) => (alternatives.has(path) ? [path] : []))
  const optional = [
    '  # region: us-west1                    # where the nodes do not say',
    '  # controlPlane: { role: PRIMARY }     # or REMOTE, EXTERNAL, NONE; by its objects unless stated',
    '  # remoteSecrets: []                   # the clusters that its istiod reads; [] is none, absent is unknown',
    '  # rootCertificates: []                # PEM blocks that its proxies trust, where no ConfigMap or Secret shows them',
    '  # networkPolicyEnforced: false        # where the network plugin enforces no NetworkPolicies',
  ]
  return [
    `- name: ${quoted(name)}   # ${because}`,
    ...factLines('mesh', files, ({ mesh }) => mesh),
    ...ofRegistry(
      name,
      networks,
      factLines('network', files, ({ network }) => network),
    ),
    ...optional,
    '  resources:',
    ...kustomizations.map(
      (folder) =>
        `  # - kustomize: ${JSON.stringify(folder)}   # as kubectl or kustomize here renders it: instead of the files below that it is made of`,
    ),
    ...includeLines(cluster),
    ...excludeLines([], inOwn, cluster.except),
    ...(shared.length === 0 ? [] : ['  # in no cluster’s folder, and so taken to be in each: take out what is not']),
    ...shared.flatMap((one) => sharedLines(one, alternatives)),
  ]
}

/** Folders of a cluster that a kustomization makes objects of, which files alone are not. */
const kustomizationsOf = ({ folders, files: own }: ClusterFolder, files: readonly SuppliedFile[]): readonly string[] => {
  const paths = new Set(files.map(({ path }) => path))
  const isKustomized = (folder: string): boolean =>
    ['yaml', 'yml'].some((format) => paths.has(`${folder === '' ? '' : `${folder}/`}kustomization.${format}`))
  return own === undefined ? folders.filter(isKustomized).map((folder) => (folder === '' ? '.' : folder)) : []
}

/** Files that would have a second, different object of one kind, namespace and name in the cluster: the first file has it. */
function alternativesAmong(files: readonly SurveyedFile[]): readonly string[] {
  const known = new Map<string, string>()
  return files.flatMap(({ path, objects }) => {
    const own = new Map<string, string>()
    const differs = objects.some(({ identity, text }) => {
      const before = known.get(identity) ?? own.get(identity) ?? text
      own.set(identity, before)
      return before !== text
    })
    if (!differs) for (const [identity, text] of own) known.set(identity, text)
    return differs ? [path] : []
  })
}

/** Stated where only values say it; told in a comment where an object does, which is used anyhow. */
function factLines(key: string, files: readonly SurveyedFile[], read: (facts: ClusterFacts) => string | undefined): readonly string[] {
  const told = files.flatMap(({ path, objects, facts }) =>
    facts.flatMap((one) => ({ path, isObject: objects.length > 0, value: read(one) })),
  )
  const known = told.filter(({ value }) => value !== undefined)
  const first = known.find(({ isObject }) => isObject) ?? known[0]
  if (first?.value === undefined) return [`  # ${key}: ${key}1`]
  const differs = known.some(({ value }) => value !== first.value) ? '; others here say otherwise' : ''
  const line = `${key}: ${quoted(first.value)}`
  return [first.isObject ? `  # ${line}   # as ${first.path} says${differs}` : `  ${line}   # ${first.path}${differs}`]
}

const opening = [
  '# Which clusters there are, and where their objects are. Written by `sightline init` from what it found; yours from here on.',
  '# What objects say is used without being stated here; absent is unknown, an empty list is none.',
  'apiVersion: sightline/v1',
  'kind: Topology',
]

const closing = [
  '# assertions:   # calls whose verdict is checked on every validate',
  '# - { name: shop reaches reviews, from: { cluster: west, namespace: shop, workload: web }, to: { host: reviews.shop }, expect: REACHABLE }',
]
