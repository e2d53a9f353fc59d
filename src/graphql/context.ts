import type { DocumentNode } from 'graphql'
import type { AppError } from '#engine/model/app-error'
import type { Dependencies } from '#operations/dependencies'

/** What every resolver is given: the operations' dependencies; `operationName` is for the limits. */
export interface GraphqlContext {
  readonly dependencies: Dependencies
  readonly operationName: string | undefined
  /** What is run, as soon as it is; for what its errors are about. */
  document?: DocumentNode
  /** Clusters, networks and control planes that others led to, so far. */
  related?: number
  /** Why all of it is refused, where that was found while it ran. */
  refused?: AppError
}

declare module 'mercurius' {
  interface MercuriusContext extends GraphqlContext {}
}
