/**
 * By which labels and accounts may any object of a version tell callers of one namespace apart?
 *
 * Most callers of a namespace differ in name, account and labels, and nothing that decides about their calls names any of these. What does not select
 * callers (Services, subsets, who a policy is for) is left out; of everything else each word counts, whatever it stands for there: too many words
 * make more kinds than need be, and never a wrong answer.
 */
import { pause } from '../../pause.js'
import type { ClusterResources } from '../../resources/cluster-resources.js'
import type { Labels } from '../../resources/meta.js'
import type { AuthorizationPolicy } from '../../resources/istio/authorization-policy.js'
import { remembered } from '../../remembered.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { isSameSet } from './is-same-set.js'

/** What objects name of labels. */
export interface LabelNames {
  /** Names of labels, and values that they are compared with. */
  readonly words: ReadonlySet<string>
  /** Labels that are compared with those of servers, or by a part of their value: every value counts. */
  readonly whole: ReadonlySet<string>
}

/** What objects name. */
export interface CallerNames {
  readonly labels: LabelNames
  /** The part behind `/sa/` of principals, and service accounts: `name`, `prefix*`, `*suffix`. */
  readonly accounts: readonly string[]
}

/** Kinds that select no callers: what runs, what is called, what judges at the server by identities. */
const silent: ReadonlySet<string> = new Set<keyof ClusterResources>([
  'namespaces',
  'nodes',
  'services',
  'pods',
  'podControllers',
  'endpointSlices',
  'configMaps',
  'secrets',
  'serviceAccounts',
  'serviceExports',
  'serviceImports',
  'serviceEntries',
  'workloadEntries',
  'workloadGroups',
  'peerAuthentications',
  'authorizationPolicies',
  'requestAuthentications',
  'installations',
  'webhooks',
  'revisionTags',
  'digest',
  'size',
  'counts',
  'unknownKinds',
  'suppressing',
  'unreadable',
])

interface Found {
  readonly words: Set<string>
  readonly whole: Set<string>
}

const partial: ReadonlySet<unknown> = new Set(['CONTAINS', 'STARTS_WITH', 'ENDS_WITH'])

/** Of subsets the labels are those of servers. */
const passedOver: ReadonlySet<string> = new Set(['meta', 'subsets'])

function findWords(value: unknown, { words, whole }: Found): void {
  pause()
  if (typeof value === 'string') return void words.add(value)
  if (typeof value !== 'object' || value === null) return
  if (value instanceof Map || Array.isArray(value)) {
    for (const item of value.values()) findWords(item, { words, whole })
    return
  }
  const { key: label, test } = value as { readonly key?: unknown; readonly test?: unknown }
  if (typeof label === 'string' && partial.has(test)) whole.add(label)
  for (const [key, item] of Object.entries(value)) {
    if (passedOver.has(key)) continue
    words.add(key)
    if (key === 'failoverPriority') findPriorities(item as readonly string[], whole)
    else findWords(item, { words, whole })
  }
}

/** `label`, or `label=value` (LB-9). */
function findPriorities(priorities: readonly string[], whole: Set<string>): void {
  for (const entry of priorities) whole.add(entry.split('=', 1)[0] ?? '')
}

const foundIn = remembered((resources: ClusterResources): Found => {
  const found: Found = { words: new Set(), whole: new Set() }
  for (const [kind, objects] of Object.entries(resources)) if (!silent.has(kind)) findWords(objects, found)
  return found
})

const accountsIn = remembered((resources: ClusterResources): ReadonlySet<string> => {
  const found = new Set<string>()
  for (const policies of resources.authorizationPolicies.values()) for (const policy of policies) findAccounts(policy, found)
  return found
})

const identityKeys: ReadonlySet<string> = new Set(['source.principal', 'source.serviceAccount'])

function findAccounts({ rules }: AuthorizationPolicy, found: Set<string>): void {
  for (const { from, when } of rules) {
    pause()
    for (const { principals, notPrincipals, serviceAccounts, notServiceAccounts } of from) {
      for (const name of [principals, notPrincipals, serviceAccounts, notServiceAccounts].flat()) found.add(accountOf(name))
    }
    for (const { key, values, notValues } of when) {
      if (identityKeys.has(key)) for (const name of [values, notValues].flat()) found.add(accountOf(name))
    }
  }
}

/** What of a principal, or of `namespace/account`, is about the account. */
const accountOf = (name: string): string => {
  const at = name.lastIndexOf('/sa/')
  if (at >= 0) return name.slice(at + '/sa/'.length)
  return name.startsWith('*') ? `*${name.slice(name.lastIndexOf('/') + 1).replace(/^\*/u, '')}` : name.slice(name.lastIndexOf('/') + 1)
}

/** Of all clusters: a caller meets proxies and policies of any. What a version's objects name of labels like those of its basis is the same thing. */
export const callerNames = remembered((snapshot: Snapshot): CallerNames => {
  const own = namesIn(snapshot)
  const before = snapshot.basis && callerNames(snapshot.basis).labels
  return before !== undefined && areAlike(before, own.labels) ? { labels: before, accounts: own.accounts } : own
})

const areAlike = (one: LabelNames, other: LabelNames): boolean => isSameSet(one.words, other.words) && isSameSet(one.whole, other.whole)

function namesIn({ clusters, controlPlanes }: Snapshot): CallerNames {
  const words = new Set<string>()
  const whole = new Set<string>()
  const accounts = new Set<string>()
  for (const { resources } of clusters.values()) {
    const found = foundIn(resources)
    for (const word of found.words) words.add(word)
    for (const label of found.whole) whole.add(label)
    for (const account of accountsIn(resources)) accounts.add(account)
  }
  for (const { meshConfig } of controlPlanes.values()) findPriorities(meshConfig.localityLbSetting.failoverPriority, whole)
  return { labels: { words, whole }, accounts: [...accounts].toSorted() }
}

/** Labels that are read by their names; those of an application are none. */
const ofPlatform = ['istio.io', 'networking.k8s.io', 'topology.kubernetes.io'] as const
const ofApplication: ReadonlySet<string> = new Set(['service.istio.io/canonical-name', 'service.istio.io/canonical-revision'])

const isPlatforms = (name: string): boolean => {
  const domain = name.slice(0, Math.max(name.indexOf('/'), 0))
  return ofPlatform.some((own) => domain === own || domain.endsWith(`.${own}`)) && !ofApplication.has(name)
}

/** How much of a label counts; labels have few names, and callers are many. */
const regardOf = remembered((names: LabelNames, label: string): 'WHOLE' | 'WORD' | 'NOTHING' => {
  if (names.whole.has(label) || isPlatforms(label)) return 'WHOLE'
  return names.words.has(label) ? 'WORD' : 'NOTHING'
})

/** The labels of a caller as far as anything looks at them. */
export function labelsOfCaller(labels: Labels, names: LabelNames): string {
  const counting: string[] = []
  for (const name in labels) {
    const regard = regardOf(names, name)
    if (regard === 'NOTHING') continue
    const value = labels[name] ?? ''
    counting.push(`${name}=${regard === 'WHOLE' || names.words.has(value) ? value : '*'}`)
  }
  return counting.sort().join()
}

const takes = (pattern: string, account: string): boolean => {
  if (pattern.startsWith('*')) return account.endsWith(pattern.slice(1))
  return pattern.endsWith('*') ? account.startsWith(pattern.slice(0, -1)) : pattern === account
}

/** By which of the names that stand in policies the account is meant. */
export const accountOfCaller = (account: string, { accounts }: CallerNames): string =>
  accounts.flatMap((pattern, index) => (takes(pattern, account || 'default') ? [index] : [])).join()
