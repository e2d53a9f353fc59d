import type { Flag, Given } from '../command.js'
import { failure } from '../failure.js'

export const clusterFlag: Flag = {
  takes: 'NAME|NAME=PATH',
  repeats: true,
  says: 'the cluster that objects without a topology.yaml are in, `default` unless stated; or, for several, each with where its objects are',
}

/** One cluster's objects: its name, and where they are. */
export interface ClusterPaths {
  readonly name: string
  readonly paths: readonly string[]
}

/** Which cluster is where; the name is undefined where nothing states it. */
export function readClusters(given: Given): readonly ClusterPaths[] | { readonly name: string | undefined } {
  const stated = given.values('cluster')
  const placed = stated.filter((text) => text.includes('='))
  if (placed.length === 0) return { name: onlyName(stated) }
  if (placed.length < stated.length)
    throw failure('input', '`--cluster` is given as `NAME` and as `NAME=PATH`: with several clusters each states its PATH')
  const [extra] = given.operands
  if (extra !== undefined)
    throw failure(
      'input',
      `\`${extra}\` is in no cluster: with \`--cluster NAME=PATH\` every PATH is, so write \`--cluster NAME=${extra}\``,
    )
  const clusters = new Map<string, string[]>()
  for (const text of placed) {
    const at = text.indexOf('=')
    const [name, path] = [text.slice(0, at), text.slice(at + 1)]
    checkName(text, name)
    if (path === '') throw failure('input', `\`--cluster ${text}\` states no PATH`)
    clusters.set(name, [...(clusters.get(name) ?? []), path])
  }
  return [...clusters].map(([name, paths]) => ({ name, paths }))
}

function onlyName(stated: readonly string[]): string | undefined {
  const [name, another] = stated
  if (another !== undefined)
    throw failure(
      'input',
      `\`--cluster ${name}\` and \`--cluster ${another}\`: of several clusters each is written \`--cluster NAME=PATH\``,
    )
  if (name !== undefined) checkName(name, name)
  return name
}

function checkName(text: string, name: string): void {
  if (name === '' || name.length > 253) throw failure('input', `\`--cluster ${text}\`: a cluster's name has 1 to 253 letters`)
}
