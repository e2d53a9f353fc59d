import { groupOf } from '../../manifests/kinds.js'
import { isRaw, type Raw } from '../../resources/reading.js'

/** A condition in an object's status that says that something of it is not so. */
export interface NegativeCondition {
  readonly type: string
  readonly reason: string
  readonly message: string
  readonly path: string
}

const routes = ['Accepted', 'Programmed', 'ResolvedRefs']

/** By `group/kind`: conditions that are good when they are `True`. Of others nobody here knows which way round they are. */
const positive: Readonly<Record<string, readonly string[]>> = {
  '/Service': ['istio.io/WaypointBound'],
  'networking.istio.io/ServiceEntry': ['istio.io/WaypointBound'],
  'networking.istio.io/WorkloadEntry': ['istio.io/WaypointBound'],
  'security.istio.io/AuthorizationPolicy': ['ZtunnelAccepted', 'WaypointAccepted'],
  'gateway.networking.k8s.io/Gateway': routes,
  'gateway.networking.k8s.io/HTTPRoute': routes,
  'gateway.networking.k8s.io/GRPCRoute': routes,
  'gateway.networking.k8s.io/TCPRoute': routes,
  'gateway.networking.k8s.io/TLSRoute': routes,
}

/** And those that are bad when they are. */
const negative: ReadonlySet<string> = new Set(['PartiallyInvalid', 'Conflicted', 'OverlappingTLSConfig'])

const kinds = new Set(Object.keys(positive).map((kind) => kind.slice(kind.indexOf('/') + 1)))

/** By its kind, as few may. */
export const mayHaveConditions = ({ kind }: Raw): boolean => typeof kind === 'string' && kinds.has(kind)

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

function isBad(known: readonly string[], { type, status, reason }: Raw): boolean {
  if (!known.includes(text(type)) && !negative.has(text(type))) return false
  if (negative.has(text(type))) return status === 'True'
  return status === 'False' || (type === 'WaypointAccepted' && reason === 'PartiallyInvalid')
}

function* badAmong(conditions: unknown, known: readonly string[], generation: unknown, at: string): Generator<NegativeCondition> {
  for (const [index, condition] of listOf(conditions).entries()) {
    if (!isRaw(condition) || !isBad(known, condition)) continue
    const { observedGeneration, type, reason, message } = condition
    // What was said of an older generation may be mended.
    const isStale = typeof generation === 'number' && typeof observedGeneration === 'number' && observedGeneration < generation
    if (!isStale) yield { type: text(type), reason: text(reason), message: text(message), path: `${at}[${index}]` }
  }
}

/** Its own, and those that each gateway of a route has put beside it. */
export function* negativeConditions({ apiVersion, kind, metadata, status }: Raw): Generator<NegativeCondition> {
  const known = positive[`${groupOf(text(apiVersion))}/${text(kind)}`]
  if (known === undefined || !isRaw(status)) return
  const generation = isRaw(metadata) ? metadata['generation'] : undefined
  yield* badAmong(status['conditions'], known, generation, 'status.conditions')
  for (const list of ['parents', 'listeners'])
    for (const [index, part] of listOf(status[list]).entries())
      if (isRaw(part)) yield* badAmong(part['conditions'], known, generation, `status.${list}[${index}].conditions`)
}
