import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { Limits } from '#engine/model/limits'
import type { Dependencies } from '#operations/dependencies'
import type { RouteNotes } from './openapi/route-notes.js'

/** Fastify whose handlers know the types of what their schemas let through. */
export type Routes = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

/** What a route module is given. */
export interface RestDependencies {
  /** What operations need, with whoever sent this request as their caller. */
  readonly of: (request: FastifyRequest) => Dependencies
  readonly now: () => number
  /** What is taken and given at most. */
  readonly limits: Limits
}

declare module 'fastify' {
  interface FastifySchema {
    operationId?: string
    summary?: string
    tags?: readonly string[]
    hide?: boolean
    'x-notes'?: RouteNotes
  }
}
