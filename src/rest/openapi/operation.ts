import type { RouteNotes } from './route-notes.js'

/** As much of OpenAPI as is completed here. */
export interface Media {
  readonly schema?: object
  readonly example?: unknown
}

export interface Response {
  readonly description: string
  readonly content?: Readonly<Record<string, Media>>
  readonly headers?: Readonly<Record<string, object>>
}

export interface Operation {
  readonly operationId?: string
  readonly parameters?: readonly object[]
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, Media>> }
  readonly responses: Readonly<Record<string, Response>>
}

/** As Fastify's reader of routes leaves it. */
export interface NotedOperation extends Operation {
  readonly 'x-notes'?: RouteNotes
}
