import type { Extension } from '../../resources/istio/extension.js'
import type { EnvoyFilter } from '../../resources/istio/envoy-filter.js'
import type { Telemetry } from '../../resources/istio/telemetry.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { selectingNothing, type Unselecting } from '../selecting-nothing.js'

type Selecting = Telemetry | EnvoyFilter | Extension

const codes: Readonly<Record<string, readonly string[]>> = { Telemetry: ['IST0101'] }

function* unselectingOf(snapshot: Snapshot): Generator<Unselecting<Selecting>> {
  yield* selectingNothing<Selecting>(snapshot, ({ telemetries }) => telemetries)
  yield* selectingNothing<Selecting>(snapshot, ({ envoyFilters }) => envoyFilters)
  yield* selectingNothing<Selecting>(snapshot, ({ extensions }) => extensions)
}

/** A Telemetry, an EnvoyFilter or an extension that is for nobody. */
export const extensionSelectsNothing: Rule = {
  code: 'EXT102',
  name: 'extension-selects-nothing',
  severity: 'WARNING',
  istio: ['IST0101'],
  kiali: [],
  summary: 'A Telemetry, an EnvoyFilter, a WasmPlugin or a TrafficExtension selects no workload of any cluster, so no proxy is given it.',
  *check(snapshot): Iterable<Breach> {
    for (const { item, view, labels, hint } of unselectingOf(snapshot)) {
      if (labels === '') continue
      const { kind, namespace } = item.meta
      const isRoot = namespace === view.controlPlane.meshConfig.rootNamespace
      const where = isRoot ? 'of any namespace' : `in namespace \`${namespace}\` of any cluster`
      const message = `no workload ${where} has labels \`${labels}\`, so no proxy is given it${hint === '' ? '' : `; ${hint}`}`
      yield {
        on: view.ref(item.meta, kind === 'EnvoyFilter' ? 'spec.workloadSelector' : 'spec.selector'),
        istio: codes[kind] ?? [],
        message,
      }
    }
  },
}
