import { isProblem } from '#engine/model/app-error'
import type { Analyst, Answered, AskKind } from '#analyst/analyst'
import type { Store } from '#store/store'
import type { Telemetry } from '#telemetry'
import { tracedCalls } from './otlp/traced-calls.js'
import type { Tracing } from './otlp/tracing.js'

/** The analyst, its answers counted and timed, each kind by itself, and traced where traces are wanted. */
export const observedAnalyst = (analyst: Analyst, telemetry: Telemetry, tracing?: Tracing): Analyst => {
  const observe = async <T extends Answered<unknown>>(kind: AskKind, work: () => Promise<T>): Promise<T> => {
    const since = performance.now()
    const label = labelOf(kind)
    const answer = await (tracing?.during(`analysis ${label}`, {}, work, outcomeOf) ?? work())
    telemetry.questionSeconds.observe({ kind: label }, (performance.now() - since) / 1000)
    telemetry.questions.inc({ kind: label, ...outcomeOf(answer) })
    return answer
  }
  return {
    ...analyst,
    as: (asker) => observedAnalyst(analyst.as(asker), telemetry, tracing),
    ask: (kind, asked, ...about) => observe(kind, () => analyst.ask(kind, asked, ...about)),
    write: (kind, asked, room, ...about) => observe(kind, () => analyst.write(kind, asked, room, ...about)),
  }
}

const outcomeOf = (answer: object) => ({ outcome: isProblem(answer) ? 'problem' : 'answer' })

const labels = new Map<AskKind, string>()

/** As metrics are written: `prepare_cluster`. */
function labelOf(kind: AskKind): string {
  const known = labels.get(kind)
  if (known !== undefined) return known
  const label = kind.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  labels.set(kind, label)
  return label
}

/** The store, its appends counted by result, and traced where traces are wanted. */
export const observedStore = (observed: Store, telemetry: Telemetry, tracing?: Tracing): Store => {
  const store = tracing === undefined ? observed : tracedCalls('store', observed, tracing)
  return {
    ...store,
    append: async (version, by) => {
      const appended = await store.append(version, by)
      telemetry.appends.inc({ result: appended.result.toLowerCase() })
      return appended
    },
  }
}
