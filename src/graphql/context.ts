import type { Dependencies } from '#operations/dependencies'

/** What every resolver is given: the operations' dependencies; `operationName` is for the limits. */
export interface GraphqlContext {
  readonly dependencies: Dependencies
  readonly operationName: string | undefined
}

declare module 'mercurius' {
  interface MercuriusContext extends GraphqlContext {}
}
