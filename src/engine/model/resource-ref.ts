import Type, { type Static } from 'typebox'

/** File (relative to where the document was read from) and line, both as the user wrote them. */
export const SourcePlace = Type.Object({
  file: Type.Union([Type.String(), Type.Null()]),
  line: Type.Union([Type.Integer(), Type.Null()]),
})
export type SourcePlace = Static<typeof SourcePlace>

/**
 * An object of the topology, and optionally the place inside it, that decided something.
 *
 * `cluster` is null for parts of the document itself (a federation, a stated gateway), `namespace` for
 * cluster-scoped objects. `path` is a JSON-path-like `spec.http[0].route[1]`.
 */
export const ResourceRef = Type.Object({
  cluster: Type.Union([Type.String(), Type.Null()]),
  kind: Type.String(),
  namespace: Type.Union([Type.String(), Type.Null()]),
  name: Type.String(),
  path: Type.Union([Type.String(), Type.Null()]),
  source: Type.Union([SourcePlace, Type.Null()]),
})
export type ResourceRef = Static<typeof ResourceRef>
