import type { Dependencies } from '#operations/dependencies'

/** What every resolver is given: the operations' dependencies, nothing of the request. */
export interface GraphqlContext {
  readonly dependencies: Dependencies
}
