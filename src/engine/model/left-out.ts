import Type, { type Static } from 'typebox'

/** Why a file is no part of what was read, as people are told. */
export const leftOutReasons = {
  OTHER_FORMAT: 'neither YAML nor JSON',
  EMPTY: 'nothing in them but comments',
  NO_OBJECTS: 'no Kubernetes objects in them',
  OTHER_DOCUMENT: 'parts of a stream that are no Kubernetes objects',
  NOT_READABLE: 'not readable, and not like Kubernetes objects',
  KUSTOMIZATION:
    'kustomizations, which were not applied: `kubectl kustomize` renders them, and so does `{ kustomize: DIR }` in a topology.yaml',
  KUSTOMIZE_PATCH: 'patches that a kustomization applies',
  CHART: 'descriptions of Helm charts',
  HELM_VALUES: 'values of Helm charts',
  HELM_TEMPLATE: 'templates of Helm charts: `helm template` renders them, and so does `{ helm: CHART }` in a topology.yaml',
  TEMPLATE: 'templates, which have to be rendered first',
  COMPOSE: 'compose files',
  CI: 'pipelines and settings of a repository',
  TOOL_CONFIGURATION: 'settings of a tool, which no API server takes',
  TOPOLOGY: 'topology documents: each is asked by itself',
  LINK: 'links that lead out of the directory, or nowhere',
} as const

export type LeftOutReason = keyof typeof leftOutReasons

/** A file that is left out. */
export interface LeftOutFile {
  /** Of a document among others its line as well. */
  readonly path: string
  readonly reason: LeftOutReason
}

/** Files left out for one reason: how many, and the first of them by name. */
export const LeftOut = Type.Object({
  reason: Type.Enum(Object.keys(leftOutReasons) as LeftOutReason[], { description: 'why these files are no part of what was read' }),
  message: Type.String({ description: 'the reason in words' }),
  count: Type.Integer({ description: 'how many files, or documents within files' }),
  files: Type.Array(Type.String(), {
    description: 'the first hundred of them; of a document within a file its line as well, `shop.yaml:12`',
  }),
})
export type LeftOut = Static<typeof LeftOut>

/** At most so many are named for one reason. */
const named = 100

/** The files by reason, in the order of the reasons. */
export const groupLeftOut = (files: readonly LeftOutFile[]): readonly LeftOut[] =>
  (Object.keys(leftOutReasons) as LeftOutReason[]).flatMap((reason) => {
    const paths = [...new Set(files.filter((file) => file.reason === reason).map(({ path }) => path))]
    return paths.length === 0 ? [] : [{ reason, message: leftOutReasons[reason], count: paths.length, files: paths.slice(0, named) }]
  })
