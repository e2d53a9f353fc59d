/**
 * Which of the paths take the client's traffic, and how much each, while all are healthy?
 *
 * Localities count only with outlier detection or a traffic distribution: without them every cluster's endpoints share alike, the most common surprise
 * of multi-cluster meshes. Rules LB-1, LB-2, LB-4 … LB-7, LB-9, LB-10, LB-13, AMB-13.
 */
import { pause } from '../../pause.js'
import type { ReasonCode } from '../../model/reasons.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { UntoldStep } from '../call/untold-step.js'
import type { LocalitySetting } from '../../resources/istio/traffic-policy.js'
import type { Client } from '../call/call.js'
import { stepOf } from '../call/outcome.js'
import type { Look } from '../call/look.js'
import { namesLocality } from '../../snapshot/workloads/locality-of.js'
import { volatileLabels } from '../likeness/lasting-labels.js'
import { augmentLabels, localityParts, localityText } from '../../istiod/endpoints/augment-labels.js'
import { trafficDistribution } from '../../istiod/endpoints/traffic-distribution.js'
import { priorityLoads, type Ranked } from './priority-loads.js'
import { sharesByLocality, type Weighed } from './shares-by-locality.js'
import { compact, labelPriority, localityMatches, localityPriority } from './locality-priority.js'
import type { Dropped, NetworkPath, RouteTarget } from '../call/stage-values.js'

export interface Spread {
  readonly step: UntoldStep
  /** By path; undefined: the settings leave the path without any traffic, at any time. */
  readonly priorities: readonly (number | undefined)[]
  /** By path; they add up to 1. */
  readonly shares: readonly number[]
  /** What of the client's own place has a say (LB-1). */
  readonly lookedAt: readonly Look[]
}

interface Setting {
  readonly locality: LocalitySetting
  readonly failover: boolean
  readonly because: readonly ResourceRef[]
}

/** What is no way of the call, and counts all the same where localities are weighted. */
export interface Besides {
  /** Endpoints that the proxy is given as well and that take nothing now. */
  readonly unready: readonly NetworkPath[]
  /** Endpoints that were lost between networks. */
  readonly dropped: readonly Dropped[]
}

/** Does a priority leave traffic to the next for its endpoints that are not ready (LB-10), or is all reckoned as if it never did? */
type Spilling = 'SPILLING' | 'ALL_WELL'

/** Shares of the client's traffic by path. */
export function distribute(
  client: Client,
  target: RouteTarget | undefined,
  paths: readonly NetworkPath[],
  besides: Besides,
  spilling: Spilling = 'SPILLING',
): Spread {
  const { unready } = besides
  const setting = target === undefined || client.view === undefined ? undefined : settingOf(client, target)
  const from = localityText(client.workload.locality)
  const matching = setting?.locality.distribute.find((rule) => localityMatches(rule.from, from))
  if (setting !== undefined && matching !== undefined) return byDistribution(setting, matching.to, paths, besides)
  const falls = setting !== undefined && fallsOver(setting)
  const rankOf = falls ? rankIn(client, setting.locality) : alike
  const ready = paths.map((path) => ranked(path, true, rankOf(path)))
  const all = [...ready, ...unready.map((path) => ranked(path, false, rankOf(path)))]
  const priorities = compact(ready.map(({ rank }) => rank))
  const weighs = setting !== undefined && weighsLocalities(setting)
  const loads = priorityLoads(spilling === 'SPILLING' ? all : ready)
  const shares = sharesByPriority(all, loads, weighs ? weightedShares : plainShares).slice(0, paths.length)
  return { step: spreadStep(target, priorities, shares, setting), priorities, shares, lookedAt: placeLooks(setting) }
}

const nowhere: readonly Look[] = []
const locality: readonly Look[] = ['CALLER_LOCALITY']
const single: readonly Look[] = ['CALLER_LOCALITY', 'CALLER_NODE', 'CALLER_ADDRESS']

/** Priorities by a label that single instances have, or their nodes, make each instance a caller of its own (LB-6). */
function placeLooks(setting: Setting | undefined): readonly Look[] {
  if (setting === undefined || !(setting.failover || setting.locality.distribute.length > 0)) return nowhere
  const labels = setting.failover ? setting.locality.failoverPriority.map((entry) => entry.split('=', 1)[0] ?? '') : []
  if (labels.some((label) => volatileLabels.has(label))) return single
  return labels.includes('kubernetes.io/hostname') ? single.slice(0, 2) : locality
}

/** Each rank's part of the traffic, shared in it by those that are ready; mostly the first has it all. */
function sharesByPriority(
  all: readonly (Weighed & Ranked)[],
  loads: ReadonlyMap<number, number>,
  sharesIn: (all: readonly Weighed[]) => readonly number[],
): readonly number[] {
  const shares = all.map(() => 0)
  for (const [rank, load] of loads) {
    if (load === 0) continue
    const isAll = all.every((one) => one.rank === rank)
    const inRank = sharesIn(isAll ? all : all.map((one) => (one.rank === rank ? one : { ...one, weight: 0 })))
    all.forEach((one, index) => {
      if (one.rank === rank) shares[index] = load * (inRank[index] ?? 0)
    })
  }
  return shares
}

/** Localities each take their part. */
const weightedShares = (all: readonly Weighed[]): readonly number[] => sharesByLocality(all)

const plainShares = (all: readonly Weighed[]): readonly number[] => byWeight(all.map(({ weight, ready }) => (ready ? weight : 0)))

/** Of tens of thousands others have their turn in between. */
function weighed(path: NetworkPath, ready: boolean): Weighed {
  pause()
  return { locality: path.locality, weight: path.weight, ready, isShort: isWrittenShort(path) }
}

const ranked = (path: NetworkPath, ready: boolean, rank: number): Weighed & Ranked => ({ ...weighed(path, ready), rank })

/** Entries and labels name a locality as they like; a node's is told in three parts, whichever of them are empty. */
function isWrittenShort({ locality, endpoint: { workload } }: NetworkPath): boolean {
  const [, , subzone] = localityParts(locality)
  if (locality === '' || subzone !== '') return false
  return workload === undefined || workload.meta.kind === 'WorkloadEntry' || namesLocality(workload.labels)
}

/** `distribute` for other places than the client's leaves nobody in front (LB-4). */
const fallsOver = ({ failover, locality }: Setting): boolean => failover && locality.distribute.length === 0

/** Are the target's endpoints ranked by labels, the client's node among them (LB-6, LB-7)? */
export function ranksByLabels(client: Client, target: RouteTarget): boolean {
  const setting = settingOf(client, target)
  return setting !== undefined && fallsOver(setting) && setting.locality.failoverPriority.length > 0
}

/** Default failover goes by priority alone; written settings weight the localities too (LB-5). */
const weighsLocalities = ({ failover, locality }: Setting): boolean =>
  locality.distribute.length > 0 || (failover && (locality.failover.length > 0 || locality.failoverPriority.length > 0))

function byWeight(weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => (sum === 0 ? 0 : weight / sum))
}

const none: LocalitySetting = { distribute: [], failover: [], failoverPriority: [] }

/** The one setting that governs; undefined: none does (LB-1). */
function settingOf(client: Client, target: RouteTarget): Setting | undefined {
  // Which pod of a waypoint takes the call is no matter of the service behind it.
  if (target.waypoint !== undefined) return undefined
  return client.workload.dataPlane === 'AMBIENT' ? byLabels(client, target) : settingOfProxy(client, target)
}

/** ztunnel knows the traffic distribution of the service, and no other setting (AMB-13). */
function byLabels({ view }: Client, { service }: RouteTarget): Setting | undefined {
  const labels = trafficDistribution(service, view)
  return labels && { locality: { ...none, failoverPriority: labels }, failover: true, because: [service.ref] }
}

function settingOfProxy(client: Client, target: RouteTarget): Setting | undefined {
  const { port, subset, rule } = target
  const outliers = rule?.outlierDetection(port.number, subset) !== undefined
  const ruled = rule?.loadBalancer(port.number, subset)?.locality
  if (rule !== undefined && ruled !== undefined) {
    return ruled.enabled === false ? undefined : { locality: ruled, failover: outliers, because: rule.because }
  }
  return byLabels(client, target) ?? meshSetting(client, outliers ? (rule?.because ?? []) : undefined)
}

/** MeshConfig's, with failover where a DestinationRule detects outliers. */
function meshSetting({ view }: Client, outliers: readonly ResourceRef[] | undefined): Setting | undefined {
  const config = view?.controlPlane.meshConfig
  if (config === undefined || !config.localityLbSetting.enabled) return undefined
  return { locality: config.localityLbSetting, failover: outliers !== undefined, because: [...(outliers ?? []), ...config.because] }
}

/** Which priority a path has for the client, before it is known which there are. */
function rankIn(client: Client, setting: LocalitySetting): (path: NetworkPath) => number {
  const from = localityText(client.workload.locality)
  const own = setting.failoverPriority.length === 0 ? {} : proxyLabels(client)
  return (path) => {
    pause()
    const byLocality = localityPriority(from, path.locality, setting.failover)
    if (setting.failoverPriority.length === 0) return byLocality
    const byLabels = labelPriority(setting.failoverPriority, own, pathLabels(path))
    return setting.failover.length > 0 ? byLabels * 5 + byLocality : byLabels
  }
}

const alike = (): number => 0

/** Of a pod in a namespace that its control plane leaves out, only what the proxy says itself is known (MODEL-7). */
function proxyLabels({ workload, cluster, view }: Client): Readonly<Record<string, string>> {
  const registered = view?.selects(cluster.name, workload.namespace) === false ? '' : (cluster.network.value ?? '')
  const network = workload.networkLabel || registered || workload.proxyNetwork
  const place = { cluster: cluster.name, network, locality: localityText(workload.locality), nodeName: workload.nodeName ?? '' }
  return augmentLabels(workload.labels, place)
}

/** A gateway that stands for endpoints carries their network and cluster and no other label (LB-9). */
const pathLabels = ({ endpoint, passage }: NetworkPath): Readonly<Record<string, string>> =>
  passage === undefined
    ? endpoint.labels
    : { 'topology.istio.io/network': passage.gateway.network, 'topology.istio.io/cluster': passage.gateway.cluster }

/**
 * `distribute` gives each locality its part and takes the traffic from all that it does not list; a pattern's part is split among its
 * localities by their weights, in whole numbers (LB-4).
 */
function byDistribution(
  setting: Setting,
  to: Readonly<Record<string, number>>,
  paths: readonly NetworkPath[],
  { unready, dropped }: Besides,
): Spread {
  const patternOf = (locality: string): string | undefined => Object.keys(to).find((pattern) => localityMatches(pattern, locality))
  const given = [...paths.map((path) => weighed(path, true)), ...unready.map((path) => weighed(path, false))]
  const all = [...given, ...emptied(given, dropped)]
  const totals = new Map<string, number>()
  for (const { locality, weight } of all) {
    const pattern = patternOf(locality)
    if (pattern !== undefined) totals.set(pattern, (totals.get(pattern) ?? 0) + weight)
  }
  const shares = sharesByLocality(all, (locality, sum) => {
    const pattern = patternOf(locality)
    return pattern === undefined ? 0 : Math.ceil(((to[pattern] ?? 0) * sum) / (totals.get(pattern) ?? 1))
  }).slice(0, paths.length)
  return {
    step: distributedStep(setting, to, shares),
    priorities: paths.map(({ locality }) => (patternOf(locality) === undefined ? undefined : 0)),
    shares,
    lookedAt: locality,
  }
}

/** A locality all of whose endpoints are lost between networks stays without any, and counts as one of weight 1 that takes nothing (LB-4). */
function emptied(given: readonly Weighed[], dropped: readonly Dropped[]): readonly Weighed[] {
  const standing = new Set(given.map(({ locality }) => locality))
  const lost = new Set(dropped.map(({ endpoint }) => endpoint.locality))
  return [...lost].flatMap((locality) => (standing.has(locality) ? [] : [{ locality, weight: 1, ready: false }]))
}

function distributedStep({ because }: Setting, to: Readonly<Record<string, number>>, weights: readonly number[]): UntoldStep {
  if (weights.some((weight) => weight > 0)) {
    const message = 'the locality settings distribute the traffic over the listed localities only'
    return stepOf('DISTRIBUTION', 'PASSED', { reason: 'DISTRIBUTED', message, because })
  }
  const message = `the locality settings send all traffic to \`${Object.keys(to).join('`, `')}\`, where there is no endpoint`
  return stepOf('DISTRIBUTION', 'STOPPED', { reason: 'NO_ENDPOINTS', message, because })
}

function spreadStep(
  target: RouteTarget | undefined,
  priorities: readonly (number | undefined)[],
  shares: readonly number[],
  setting: Setting | undefined,
): UntoldStep {
  const falls = setting !== undefined && fallsOver(setting)
  const because = falls ? [...setting.because] : []
  const say = (reason: ReasonCode, message: string): UntoldStep => stepOf('DISTRIBUTION', 'PASSED', { reason, message, because })
  if (shares.length === 1) return say('SINGLE_ENDPOINT', 'there is one way to this target, which takes all that is sent there')
  if (target === undefined) return say('EVEN', 'all ready instances share the traffic, whatever their locality')
  if (priorities.some((priority) => priority !== 0)) {
    const isSpilled = priorities.some((priority, index) => priority !== 0 && (shares[index] ?? 0) > 0)
    const first = priorities.filter((priority) => priority === 0).length
    const said = isSpilled ? 'leave part of it to the next, as not all of them are ready' : 'take all traffic, the others stand by'
    return say('LOCALITY_FAILOVER', `${first} of ${shares.length} ways are the closest and ${said}`)
  }
  if (falls) return say('EVEN', 'all endpoints are equally close and share the traffic')
  return say('EVEN', 'all endpoints share the traffic, wherever they are, since without outlier detection localities do not count')
}
