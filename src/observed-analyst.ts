import { isProblem } from '#engine/model/app-error'
import type { Analyst, Answered, AskKind } from '#analyst/analyst'
import type { Store } from '#store/store'
import type { Telemetry } from '#telemetry'

/** The analyst, its answers counted and timed, each kind by itself. */
export const observedAnalyst = (analyst: Analyst, telemetry: Telemetry): Analyst => {
  const observe = async <T extends Answered<unknown>>(kind: AskKind, asking: Promise<T>): Promise<T> => {
    const since = performance.now()
    const answer = await asking
    const label = labelOf(kind)
    telemetry.questionSeconds.observe({ kind: label }, (performance.now() - since) / 1000)
    telemetry.questions.inc({ kind: label, outcome: isProblem(answer) ? 'problem' : 'answer' })
    return answer
  }
  return {
    ...analyst,
    ask: (kind, asked, ...about) => observe(kind, analyst.ask(kind, asked, ...about)),
    write: (kind, asked, room, ...about) => observe(kind, analyst.write(kind, asked, room, ...about)),
  }
}

/** As metrics are written: `prepare_cluster`. */
const labelOf = (kind: AskKind): string => kind.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** The store, its appends counted by result. */
export const observedStore = (store: Store, telemetry: Telemetry): Store => ({
  ...store,
  append: async (version, by) => {
    const appended = await store.append(version, by)
    telemetry.appends.inc({ result: appended.result.toLowerCase() })
    return appended
  },
})
