import type { Labels, Meta } from '../meta.js'
import { findObject, findSelector, type Raw, type Reading, readList, readObject, readText } from '../reading.js'

/** EnvoyFilter, RequestAuthentication, Telemetry, WasmPlugin and other policies of which only the reach matters. */
export interface ScopedPolicy {
  readonly meta: Meta
  readonly selector?: Labels
  readonly targetRefs: readonly { readonly group: string; readonly kind: string; readonly name: string }[]
}

type TargetRef = ScopedPolicy['targetRefs'][number]

const readTargetRef = (reading: Reading, item: Raw, at: string): TargetRef => ({
  group: readText(reading, item, 'group', at),
  kind: readText(reading, item, 'kind', at),
  name: readText(reading, item, 'name', at),
})

/** The list first, then the legacy single reference (AUTHZ-4). */
export const readTargetRefs = (reading: Reading, spec: Raw): readonly TargetRef[] => {
  const single = findObject(reading, spec, 'targetRef', 'spec')
  const list = readList(reading, spec, 'targetRefs', 'spec', readTargetRef)
  return list.length > 0 || single === undefined ? list : [readTargetRef(reading, single, 'spec.targetRef')]
}

/** A policy of which only the reach matters. EnvoyFilter writes `workloadSelector.labels`, the others `selector.matchLabels`. */
export const readScopedPolicy = (reading: Reading, raw: Raw, meta: Meta): ScopedPolicy => {
  const spec = readObject(reading, raw, 'spec', '')
  const selector = findSelector(reading, spec, meta.kind === 'EnvoyFilter' ? 'workloadSelector' : 'selector', 'spec')
  return { meta, ...(selector === undefined ? {} : { selector }), targetRefs: readTargetRefs(reading, spec) }
}
