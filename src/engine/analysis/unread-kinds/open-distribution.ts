import type { Client } from '../call/call.js'
import { stepOf } from '../call/outcome.js'
import { endedTrace, type Trace } from '../answer/trace.js'
import { findMissing, hasUnread } from './asked.js'
import { nameMissing } from './leave-open.js'

/** Nodes say where endpoints are, and so which of them take the traffic: that decides only where some of them fail and some do not. */
export const openDistribution = ({ view, snapshot }: Client, trace: Trace): Trace => {
  if (trace.verdict !== 'AMBIGUOUS' || view === undefined || !hasUnread(snapshot)) return trace
  const fails = new Set(trace.endpoints.map(({ end }) => end.verdict))
  const missing = fails.size < 2 ? [] : findMissing(view.clusters.map((cluster) => ({ cluster, kinds: ['nodes'] as const })))
  if (missing.length === 0) return trace
  const message = `${nameMissing(missing)} could not be read and could decide; which endpoints take the traffic depends on where they are`
  const said = { reason: 'INPUT_MISSING', message, because: missing.map(({ ref }) => ref) } as const
  const before = trace.steps.filter(({ stage }) => stage !== 'DISTRIBUTION')
  const steps = [...before, stepOf('DISTRIBUTION', 'UNDETERMINED', said)]
  return { ...trace, ...endedTrace({ ...trace, steps }, 'UNDETERMINED', trace.endpoints), spoken: trace.spoken }
}
