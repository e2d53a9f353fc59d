import type { SourceInput } from '#engine/model/question'
import type { Given } from './command.js'
import { failure } from './failure.js'
import { readSource } from './read-source.js'
import type { SubjectCluster } from './clusters-on-server.js'
import { questions } from './questions.js'
import type { Subject } from './subject.js'

/** Who calls: the only cluster is the one that is meant where `--from` names none. */
export async function locateSource(given: Given, subject: Subject): Promise<SourceInput> {
  const from = given.value('from')
  if (from === undefined) return readSource(given)
  if (!from.startsWith('{')) return readSource(given, await locatePlace('--from', from, subject))
  const source = readSource(given)
  if (source.cluster || !source.namespace) return source
  const [only, another] = await subject.ask(questions.clusters, undefined)
  return only === undefined || another !== undefined ? source : { ...source, cluster: only.name }
}

/**
 * A source with its cluster first. A first part that names a cluster is the cluster, else the namespace; where it may be both, each is
 * told how to write it.
 */
export async function locatePlace(flag: string, text: string, subject: Subject): Promise<string> {
  const prefix = text.startsWith('gateway:') ? 'gateway:' : ''
  const parts = text.slice(prefix.length).split('/')
  if (parts.includes('') || !mayLackCluster(prefix, parts)) return text
  return `${prefix}${locate(`${flag} ${text}`, prefix, parts, await subject.ask(questions.clusters, undefined)).join('/')}`
}

/** Kinds are written with a capital letter, namespaces never are. */
const isKind = (part: string | undefined): boolean => part !== undefined && /^[A-Z]/.test(part)

const mayLackCluster = (prefix: string, parts: readonly string[]): boolean => {
  if (prefix !== '') return parts.length === 2
  return parts.length < 3 ? parts[0] !== 'outside' : parts.length === 3 && (isKind(parts[1]) || parts[2] === '*')
}

function locate(written: string, prefix: string, parts: readonly string[], clusters: readonly SubjectCluster[]): readonly string[] {
  const [first = '', second] = parts
  const [only, another] = clusters
  const isCluster = clusters.some(({ name }) => name === first)
  if (parts[2] === '*') return parts.slice(0, 2)
  if (only === undefined || another !== undefined) {
    if (isCluster && second !== undefined) return parts
    throw failure('input', `\`${written}\` names no cluster, ${spelling(prefix, parts, clusters)}`)
  }
  // Only a namespace and a workload may be taken for a cluster and a namespace.
  if (!isCluster || prefix !== '' || second === undefined || isKind(second)) return [only.name, ...parts]
  if (!only.namespaces.includes(first)) return parts
  throw failure(
    'input',
    `\`${written}\` may be read in two ways, as \`${first}\` is a cluster and a namespace: write \`${only.name}/${first}/${second}\` for \`${second}\` of namespace \`${first}\`, or \`${first}/${second}/*\` for every workload of namespace \`${second}\``,
  )
}

/** With each of the clusters, the first few of many. */
function spelling(prefix: string, parts: readonly string[], clusters: readonly SubjectCluster[]): string {
  const spelt = clusters.slice(0, 3).map(({ name }) => `\`${prefix}${name}/${parts.join('/')}\``)
  return `and there are ${clusters.length}: write ${spelt.join(', ')}${clusters.length > 3 ? ', …' : ''}`
}
