import Type, { type Static } from 'typebox'
import { described } from './topology/described.js'
import { strict } from './topology/fields.js'

/** Entries of `resources` that stand for objects elsewhere; the command line finds them, a server has no files. */
const opt = Type.Optional
const Patterns = Type.Union([Type.String({ minLength: 1 }), Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })])
const namespace = opt(
  described(Type.String({ minLength: 1, maxLength: 253 }), 'What `kubectl -n` says: the namespace of objects that state none.', 'shop'),
)

/** Files by pattern, relative to the document; `namespace` is what `kubectl -n` says: that of objects which state none. */
export const IncludeEntry = described(
  strict({
    include: described(
      Patterns,
      'Files, by one pattern or several, relative to the document: `*`, `**`, `?`, `{a,b}`, and `!` before what is not meant. Files that hold no Kubernetes objects are left out and counted.',
      'clusters/west/**/*.yaml',
      ['base/**', '!**/test/**'],
    ),
    exclude: opt(described(Patterns, 'Files that are not meant, by patterns alike.', '**/test/**')),
    namespace,
  }),
  'Objects in files.',
  { include: ['base/**/*.yaml', 'west/**'], exclude: '**/test/**', namespace: 'shop' },
)
export type IncludeEntry = Static<typeof IncludeEntry>

/** A kustomization's directory, relative to the document. */
export const KustomizeEntry = described(
  strict({
    kustomize: described(
      Type.String({ minLength: 1 }),
      'The directory of a kustomization, relative to the document; `kubectl` or `kustomize` on this machine renders it.',
      'overlays/west',
    ),
    namespace,
  }),
  'Objects that a kustomization amounts to.',
  { kustomize: 'overlays/west' },
)
export type KustomizeEntry = Static<typeof KustomizeEntry>

/** A chart's directory, and values files, relative to the document. */
export const HelmEntry = described(
  strict({
    helm: described(
      Type.String({ minLength: 1 }),
      'The directory of a chart, relative to the document; `helm` on this machine renders it.',
      'charts/shop',
    ),
    values: opt(described(Patterns, 'Values files, relative to the document; a later one counts for more.', ['west.yaml'])),
    namespace,
    releaseName: opt(described(Type.String({ minLength: 1, maxLength: 53 }), 'The name of the release. Absent: its directory’s.', 'shop')),
  }),
  'Objects that a chart amounts to.',
  { helm: 'charts/shop', values: ['west.yaml'], namespace: 'shop', releaseName: 'shop' },
)
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
