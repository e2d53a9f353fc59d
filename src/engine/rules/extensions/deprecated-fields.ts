import { groupOf } from '../../manifests/kinds.js'
import { isRaw, type Raw } from '../../resources/reading.js'

/** A field, or a kind, that a release stops reading, or has. */
export interface DeprecatedField {
  readonly path: string
  /** What to write instead, or that nothing reads it. */
  readonly advice: string
}

interface Entry {
  /** `*` stands for every item of a list. */
  readonly path: readonly string[]
  readonly advice: string
}

/** By `group/kind`, as istio.io/api marks them `deprecated`, where there is something to do about it. */
const fields: Readonly<Record<string, readonly Entry[]>> = {
  'networking.istio.io/VirtualService': [
    { path: ['spec', 'http', '*', 'fault', 'delay', 'percent'], advice: 'write `percentage`' },
    { path: ['spec', 'http', '*', 'mirrorPercent'], advice: 'write `mirrorPercentage`' },
    { path: ['spec', 'http', '*', 'mirror_percent'], advice: 'write `mirrorPercentage`' },
    { path: ['spec', 'http', '*', 'corsPolicy', 'allowOrigin'], advice: 'write `allowOrigins`' },
  ],
  'networking.istio.io/Sidecar': [
    { path: ['spec', 'outboundTrafficPolicy', 'egressProxy'], advice: 'route such traffic by a ServiceEntry and a VirtualService' },
  ],
  'networking.istio.io/DestinationRule': [
    { path: ['spec', 'trafficPolicy', 'outlierDetection', 'consecutiveErrors'], advice: 'write `consecutive5xxErrors`' },
    { path: ['spec', 'trafficPolicy', 'loadBalancer', 'consistentHash', 'minimumRingSize'], advice: 'write `ringHash.minimumRingSize`' },
  ],
}

/** Custom resources that no release reads any more. */
const removedKinds = new Set(['ClusterRbacConfig', 'RbacConfig', 'ServiceRole', 'ServiceRoleBinding'])

const kinds = new Set([...Object.keys(fields).map((kind) => kind.slice(kind.indexOf('/') + 1)), 'CustomResourceDefinition'])

/** By its kind, as few may. */
export const mayBeDeprecated = ({ kind }: Raw): boolean => typeof kind === 'string' && kinds.has(kind)

function* present(value: unknown, [key, ...rest]: readonly string[], at: string): Generator<string> {
  if (key === undefined) {
    if (value !== undefined && value !== null && value !== 0) yield at
  } else if (key === '*') {
    for (const [index, item] of (Array.isArray(value) ? value : []).entries()) yield* present(item, rest, `${at}[${index}]`)
  } else if (isRaw(value)) yield* present(value[key], rest, at === '' ? key : `${at}.${key}`)
}

/** The deprecated fields that are written in an object. */
export function* deprecatedFields(object: Raw): Generator<DeprecatedField> {
  const { apiVersion, kind, spec } = object
  const group = groupOf(typeof apiVersion === 'string' ? apiVersion : '')
  for (const { path, advice } of fields[`${group}/${String(kind)}`] ?? [])
    for (const at of present(object, path, '')) yield { path: at, advice }
  if (kind !== 'CustomResourceDefinition' || !isRaw(spec) || spec['group'] !== 'rbac.istio.io' || !isRaw(spec['names'])) return
  if (removedKinds.has(String(spec['names']['kind'])))
    yield { path: 'spec.names.kind', advice: 'write AuthorizationPolicies, and delete it' }
}
