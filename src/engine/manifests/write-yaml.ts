import { defineScalarTag, DUMP_SCHEMA, dump, NOT_RESOLVED } from 'js-yaml'
import type { ClusterHeader } from '../model/topology/cluster-header.js'
import type { TopologyHeader } from '../model/topology-document.js'
import { readPlainScalar } from './parsing/plain-scalar.js'

/** Quotes every text that our own reader, and so kubectl, would not read as a text. */
const schema = DUMP_SCHEMA.withTags(
  defineScalarTag('tag:yaml.org,2002:read-as-other', {
    implicit: true,
    resolve: (source) => (typeof readPlainScalar(source) === 'string' ? NOT_RESOLVED : source),
    identify: () => false,
  }),
)

const yaml = (value: unknown): string => dump(value, { schema, noRefs: true, lineWidth: -1, seqNoIndent: true })

/** Objects as the documents of one YAML text, as `kubectl apply -f` takes them. */
export const writeObjectsYaml = (objects: readonly unknown[]): string => objects.map(yaml).join('---\n')

/** Lines of a YAML block, moved right; blocks keep their meaning, as what they hold is relative to its parent. */
const indent = (text: string, by: string): string => text.replaceAll(/^(?=.)/gm, by)

/** The document in YAML up to its clusters; each of them follows as `writeClusterYaml` gives it. */
export const writeHeaderYaml = ({ clusters, ...header }: TopologyHeader): string =>
  `${yaml(header)}clusters:${clusters.length === 0 ? ' []' : ''}\n`

/** One entry of `clusters` in YAML, with its objects. */
export const writeClusterYaml = (entry: ClusterHeader, resources: readonly unknown[]): string => {
  const objects = resources.map((resource) => indent(yaml([resource]), '  ')).join('')
  const list = resources.length === 0 ? '  resources: []\n' : `  resources:\n${objects}`
  return `${yaml([entry])}${list}`
}
