import type { LeftOutReason } from '../../model/left-out.js'

type Test = Pick<RegExp, 'test'>

/** What a file is by its name alone, whatever it holds. */
const certain: readonly (readonly [RegExp, LeftOutReason])[] = [
  [/(?:^|\/)kustomization(?:\.ya?ml)?$/i, 'KUSTOMIZATION'],
  [/(?:^|\/)(?:Chart\.(?:yaml|yml|lock)|requirements\.(?:yaml|lock))$/, 'CHART'],
  [/(?:^|\/)values\.schema\.json$/, 'HELM_VALUES'],
  [/(?:^|\/)\.(?:github|circleci)\//, 'CI'],
]

/** `values.yaml`, `prod-values.yml`: one of the words of the name. */
function isOfValues(path: string): boolean {
  const [, stem] = /^(.*)\.ya?ml$/is.exec(path.slice(path.lastIndexOf('/') + 1)) ?? []
  return stem !== undefined && stem.toLowerCase().split(/[-_.]/).includes('values')
}

/** What it is by its name unless objects are in it. */
const likely: readonly (readonly [Test, LeftOutReason])[] = [
  [{ test: isOfValues }, 'HELM_VALUES'],
  [/(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/i, 'COMPOSE'],
  [
    /(?:^|\/)(?:azure-pipelines|bitbucket-pipelines|buildspec|cloudbuild|appveyor|codecov|mkdocs|dependabot|renovate)[^/]*\.(?:ya?ml|json)$/i,
    'CI',
  ],
  [/(?:^|\/)\.[^/]+\.(?:ya?ml|json)$/, 'CI'],
]

const first = (table: readonly (readonly [Test, LeftOutReason])[], path: string): LeftOutReason | undefined =>
  table.find(([name]) => name.test(path))?.[1]

export const reasonByName = (path: string): LeftOutReason | undefined => first(certain, path)

export const likelyReason = (path: string): LeftOutReason => first(likely, path) ?? 'NO_OBJECTS'

/** What manifests are written in; a file that is asked for by its own name may be called anything. */
export const isManifestName = (path: string): boolean => /\.(?:ya?ml|json)$/i.test(path)
