import { isProblem } from '#engine/model/app-error'
import type { Analyst } from '#analyst/analyst'
import type { Store } from '#store/store'
import type { Telemetry } from '#telemetry'

/** The analyst, its answers counted and timed. */
export function observedAnalyst(analyst: Analyst, telemetry: Telemetry): Analyst {
  const timed =
    <A extends readonly unknown[], T extends object>(kind: string, ask: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      const since = performance.now()
      const answer = await ask(...args)
      telemetry.questionSeconds.observe({ kind }, (performance.now() - since) / 1000)
      telemetry.questions.inc({ kind, outcome: isProblem(answer) ? 'problem' : 'answer' })
      return answer
    }
  return {
    ...analyst,
    prepare: timed('prepare', (...args: Parameters<Analyst['prepare']>) => analyst.prepare(...args)),
    prepareCluster: timed('prepare_cluster', (...args: Parameters<Analyst['prepareCluster']>) => analyst.prepareCluster(...args)),
    validate: timed('validate', (...args: Parameters<Analyst['validate']>) => analyst.validate(...args)),
    report: timed('report', (...args: Parameters<Analyst['report']>) => analyst.report(...args)),
    reachability: timed('reachability', (...args: Parameters<Analyst['reachability']>) => analyst.reachability(...args)),
    visibility: timed('visibility', (...args: Parameters<Analyst['visibility']>) => analyst.visibility(...args)),
    hidden: timed('hidden', (...args: Parameters<Analyst['hidden']>) => analyst.hidden(...args)),
    trust: timed('trust', (...args: Parameters<Analyst['trust']>) => analyst.trust(...args)),
  }
}

/** The store, its appends counted by result. */
export const observedStore = (store: Store, telemetry: Telemetry): Store => ({
  ...store,
  append: async (version) => {
    const appended = await store.append(version)
    telemetry.appends.inc({ result: appended.result.toLowerCase() })
    return appended
  },
})
