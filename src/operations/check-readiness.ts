import type { Means } from './dependencies.js'

/** What the service needs in order to answer, and whether it is there. */
export interface Readiness {
  readonly ready: boolean
  readonly store: boolean
  readonly analysis: boolean
}

/** Do the store and the analysis answer? */
export async function checkReadiness({ store, analyst }: Omit<Means, 'now'>): Promise<Readiness> {
  const answers = await store.ping().then(
    () => true,
    () => false,
  )
  const { ready } = analyst.health()
  return { ready: answers && ready, store: answers, analysis: ready }
}
