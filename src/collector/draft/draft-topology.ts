import type { SuppliedFile } from '#engine/manifests/document-text'
import { type ClusterFolder, findClusterFolders, isInside } from './find-cluster-folders.js'
import type { ClusterFacts } from './cluster-facts.js'
import { surveyFiles, type SurveyedFile } from './survey-files.js'

/** A first topology.yaml, with comments. */
export interface Draft {
  readonly text: string
  readonly clusters: readonly { readonly name: string; readonly folder: string; readonly because: string }[]
  /** Files with objects. */
  readonly files: number
}

/**
 * A topology.yaml for what is there: clusters by folder, their names and facts from installations, values, remote secrets and meshNetworks. What
 * objects say is used without being stated, so only what stands in values is; everything else is left as a comment.
 *
 * `contexts`: names of clusters that the kubeconfig has.
 */
export function draftTopology(files: readonly SuppliedFile[], contexts: readonly string[]): Draft {
  const surveyed = surveyFiles(files)
  const facts = surveyed.flatMap((file) => file.facts)
  const named = new Set([
    ...contexts,
    ...facts.flatMap(({ clusterName, others }) => [...(clusterName === undefined ? [] : [clusterName]), ...others]),
  ])
  const found = findClusterFolders(surveyed, named)
  const folders = found.length > 0 ? found : [wholeDirectory(facts)]
  const shared = found.length === 0 ? [] : sharedFolders(surveyed, folders)
  const missing = [...new Set(facts.flatMap(({ others }) => others))].filter((name) => !folders.some((folder) => folder.name === name))
  const text = [
    ...opening,
    'clusters:',
    ...folders.flatMap((folder) => clusterLines(folder, within(surveyed, folder), shared)),
    ...missing.map((name) => `# - name: ${name}   # remote secrets or meshNetworks name this cluster, and nothing of it is here`),
    ...closing,
  ]
  return { text: `${text.join('\n')}\n`, clusters: folders, files: surveyed.filter(({ objects }) => objects.length > 0).length }
}

const wholeDirectory = (facts: readonly ClusterFacts[]): ClusterFolder => {
  const [name] = facts.flatMap(({ clusterName }) => clusterName ?? [])
  return name === undefined
    ? { folder: '', name: 'default', because: 'nothing names it' }
    : { folder: '', name, because: 'as its installation calls it' }
}

const within = (files: readonly SurveyedFile[], { folder }: ClusterFolder): readonly SurveyedFile[] =>
  folder === '' ? files : files.filter(({ path }) => isInside(path, folder))

/** Folders with objects that are in no cluster's. */
const sharedFolders = (files: readonly SurveyedFile[], folders: readonly ClusterFolder[]): readonly string[] => [
  ...new Set(
    files
      .filter(({ path, objects }) => objects.length > 0 && !folders.some(({ folder }) => isInside(path, folder)))
      .map(({ path }) => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '')),
  ),
]

/** A text that YAML reads as that text. */
const quoted = (text: string): string =>
  /^[A-Za-z_][\w./-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text) ? text : JSON.stringify(text)

const pattern = (folder: string, deep: boolean): string =>
  JSON.stringify(`${folder === '' ? '' : `${escaped(folder)}/`}${deep ? '**/' : ''}*.{yaml,yml,json}`)

/** Characters that patterns give a meaning. */
const escaped = (folder: string): string => folder.replaceAll(/[[\]{}()*?!\\]/g, '?')

function clusterLines(
  { folder, name, because }: ClusterFolder,
  files: readonly SurveyedFile[],
  shared: readonly string[],
): readonly string[] {
  const alternatives = alternativesAmong(files)
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
    ...factLines('network', files, ({ network }) => network),
    ...optional,
    '  resources:',
    `  - include: ${pattern(folder, true)}`,
    ...(alternatives.length === 0
      ? []
      : ['    # each holds an object that another file here holds differently: choose one of both', '    exclude:']),
    ...alternatives.map((path) => `    - ${JSON.stringify(escaped(path))}`),
    ...(shared.length === 0 ? [] : ['  # in no cluster’s folder, and so taken to be in each: take out what is not']),
    ...shared.map((one) => `  - include: ${pattern(one, false)}`),
  ]
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
  '# networks:',
  '# - { name: network1, routableTo: [network2] }   # pods of network1 reach those of network2 without a gateway',
  '# gateways:   # addresses that no object shows',
  '# - { cluster: east, network: network2, addresses: [34.0.0.2], port: 15443 }',
  '# assertions:   # calls whose verdict is checked on every validate',
  '# - { name: shop reaches reviews, from: { cluster: west, namespace: shop, workload: web }, to: { host: reviews.shop }, expect: REACHABLE }',
]
