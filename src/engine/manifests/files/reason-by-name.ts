import type { LeftOutReason } from '../../model/left-out.js'

/** What a file is by its name alone, whatever it holds. */
const certain: readonly (readonly [RegExp, LeftOutReason])[] = [
  [/(?:^|\/)kustomization(?:\.ya?ml)?$/i, 'KUSTOMIZATION'],
  [/(?:^|\/)(?:Chart\.(?:yaml|yml|lock)|requirements\.(?:yaml|lock))$/, 'CHART'],
  [/(?:^|\/)values\.schema\.json$/, 'HELM_VALUES'],
  [/(?:^|\/)\.(?:github|circleci)\//, 'CI'],
]

/** What it is by its name unless objects are in it. */
const likely: readonly (readonly [RegExp, LeftOutReason])[] = [
  [/(?:^|\/)(?:[^/]*[-_.])?values(?:[-_.][^/]*)?\.ya?ml$/i, 'HELM_VALUES'],
  [/(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/i, 'COMPOSE'],
  [
    /(?:^|\/)(?:azure-pipelines|bitbucket-pipelines|buildspec|cloudbuild|appveyor|codecov|mkdocs|dependabot|renovate)[^/]*\.(?:ya?ml|json)$/i,
    'CI',
  ],
  [/(?:^|\/)\.[^/]+\.(?:ya?ml|json)$/, 'CI'],
]

const first = (table: readonly (readonly [RegExp, LeftOutReason])[], path: string): LeftOutReason | undefined =>
  table.find(([name]) => name.test(path))?.[1]

export const reasonByName = (path: string): LeftOutReason | undefined => first(certain, path)

export const likelyReason = (path: string): LeftOutReason => first(likely, path) ?? 'NO_OBJECTS'

/** What manifests are written in; a file that is asked for by its own name may be called anything. */
export const isManifestName = (path: string): boolean => /\.(?:ya?ml|json)$/i.test(path)
