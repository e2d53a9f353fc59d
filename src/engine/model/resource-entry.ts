import Type, { type Static, type TObject, type TProperties } from 'typebox'

/** Entries of `resources` that stand for objects elsewhere; the command line finds them, a server has no files. */
const strict = <P extends TProperties>(properties: P): TObject<P> => Type.Object(properties, { additionalProperties: false })
const opt = Type.Optional
const Patterns = Type.Union([Type.String({ minLength: 1 }), Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })])
const Namespace = Type.String({ minLength: 1, maxLength: 253 })

/** Files by pattern, relative to the document; `namespace` is what `kubectl -n` says: that of objects which state none. */
export const IncludeEntry = strict({ include: Patterns, exclude: opt(Patterns), namespace: opt(Namespace) })
export type IncludeEntry = Static<typeof IncludeEntry>

/** A kustomization's directory, relative to the document. */
export const KustomizeEntry = strict({ kustomize: Type.String({ minLength: 1 }), namespace: opt(Namespace) })
export type KustomizeEntry = Static<typeof KustomizeEntry>

/** A chart's directory, and values files, relative to the document. */
export const HelmEntry = strict({
  helm: Type.String({ minLength: 1 }),
  values: opt(Patterns),
  namespace: opt(Namespace),
  releaseName: opt(Type.String({ minLength: 1, maxLength: 53 })),
})
export type HelmEntry = Static<typeof HelmEntry>

export type ResourceEntry = IncludeEntry | KustomizeEntry | HelmEntry

/** Which of the three an entry of `resources` is meant to be; undefined for an object. */
export const entryKind = (entry: unknown): 'include' | 'kustomize' | 'helm' | undefined => {
  if (entry === null || typeof entry !== 'object' || 'apiVersion' in entry || 'kind' in entry) return undefined
  if ('kustomize' in entry) return 'kustomize'
  if ('helm' in entry) return 'helm'
  return 'include' in entry || 'exclude' in entry ? 'include' : undefined
}

export const listOf = (patterns: string | readonly string[] | undefined): readonly string[] =>
  patterns === undefined ? [] : typeof patterns === 'string' ? [patterns] : patterns
