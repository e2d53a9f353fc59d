import type { Raw } from '../../resources/reading.js'
import { type Complaint, entriesIn, has, objectIn, textsIn, when } from './fields.js'
import { isLabel, isLabelValue } from './names.js'

/** exportTo: `.`, `*` or namespaces, each once, and `*` alone; `~` in ServiceEntries only, and alone. */
export function* checkExportTo(
  spec: Raw,
  own: string,
  of: { readonly entry?: true; readonly selecting?: boolean } = {},
): Iterable<Complaint> {
  const seen = new Set<string>()
  const texts = [...textsIn(spec, 'exportTo', 'spec')]
  for (const [text, at] of texts) {
    const means = text === '.' ? own : text
    yield* when(seen.has(means), at, `is \`${text}\`, which the list names already`)
    seen.add(means)
    yield* when(text === '~' && of.entry !== true, at, 'is `~`, which only a ServiceEntry may be exported to')
    yield* when(!isAudience(text), at, `is \`${text}\`, which is neither \`.\` nor \`*\` nor the name of a namespace`)
    yield* when(['*', '~'].includes(text) && texts.length > 1, at, `is \`${text}\`, beside which there may be nothing else`)
  }
  const beyond = of.selecting === true && [...seen].some((means) => means !== own)
  yield* when(beyond, 'spec.exportTo', 'goes beyond the own namespace, which a rule with a `workloadSelector` may not')
}

const isAudience = (text: string): boolean => ['~', '*', '.'].includes(text) || isLabel(text)

/** Labels that a selector asks for: no wildcards, and some at all. `key`: where it keeps them. */
export function* checkSelector(
  spec: Raw,
  field: string,
  key: 'matchLabels' | 'labels',
  withoutLabels = 'every workload that it could',
): Iterable<Complaint> {
  if (!has(spec, field)) return
  const at = `spec.${field}`
  const labels = entriesIn(objectIn(spec, field), key)
  for (const [name, value] of labels) {
    if (name === '') yield { at: `${at}.${key}`, says: 'has an empty key' }
    if (`${name}${String(value)}`.includes('*'))
      yield { at: `${at}.${key}`, says: `asks for \`${name}=${String(value)}\`: there are no wildcards` }
  }
  if (labels.length === 0) yield { at, says: `has no labels, and so selects ${withoutLabels}`, warns: true }
}

/** Labels as Kubernetes takes them. */
export function* checkLabels(from: Raw, key: string, at: string): Iterable<Complaint> {
  for (const [name, value] of entriesIn(from, key)) {
    if (typeof value === 'string' && !isLabelValue(value))
      yield { at: `${at}.${key}`, says: `has \`${name}=${value}\`, which is no value of a label` }
  }
}

const targets = new Set([
  'core/Service',
  '/Service',
  'networking.istio.io/ServiceEntry',
  'gateway.networking.k8s.io/Gateway',
  'gateway.networking.k8s.io/GatewayClass',
])

/** What a policy may be attached to. */
export function* checkTargets(spec: Raw): Iterable<Complaint> {
  const list = Array.isArray(spec['targetRefs'])
    ? spec['targetRefs'].map((ref: unknown, index) => [ref, `spec.targetRefs[${index}]`] as const)
    : []
  for (const [ref, at] of [[spec['targetRef'], 'spec.targetRef'] as const, ...list]) {
    if (typeof ref !== 'object' || ref === null) continue
    const { group = '', kind = '' } = ref as { group?: unknown; kind?: unknown }
    if (targets.has(`${String(group)}/${String(kind)}`)) continue
    yield { at, says: `is a ${String(kind)} of the group \`${String(group)}\`; there are Service, ServiceEntry, Gateway and GatewayClass` }
  }
}
