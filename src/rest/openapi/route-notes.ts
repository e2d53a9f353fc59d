/** What OpenAPI says of a route beyond its schemas. It stands in the route's schema, as `x-notes`, and becomes part of the operation. */
export interface RouteNotes {
  /** A body that is taken, and the answer that goes well, where there is one. */
  readonly example?: { readonly request?: unknown; readonly answer?: unknown }
  /** Shapes of what is JSON or YAML and stays bytes: no schema of the route checks it. */
  readonly document?: { readonly request?: object; readonly answer?: object }
  /** The document may come with other files: in an archive, or as the parts of a form. */
  readonly files?: boolean
  /** Media type of a body that is bytes. */
  readonly requestType?: string
  /** Nothing said is something as well. */
  readonly bodyOptional?: boolean
  /** Media type of the answer that goes well, where it is not JSON. */
  readonly answerType?: string
  /** Types in which the answer is written as text as well. */
  readonly otherTypes?: readonly string[]
  readonly requestHeaders?: readonly object[]
  readonly answerHeaders?: Readonly<Record<string, object>>
}
