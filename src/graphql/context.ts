import type { DocumentNode } from 'graphql'
import type { Dependencies } from '#operations/dependencies'

/** What every resolver is given: the operations' dependencies; `operationName` is for the limits. */
export interface GraphqlContext {
  readonly dependencies: Dependencies
  readonly operationName: string | undefined
  /** What is run, as soon as it is; for what its errors are about. */
  document?: DocumentNode
}

declare module 'mercurius' {
  interface MercuriusContext extends GraphqlContext {}
}
