import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import * as yaml from 'js-yaml'

/** A finding that a story ends in: what it is about, as `Kind namespace/name` behind its cluster where there are several. */
export interface ToldFinding {
  /** `Kind namespace/name`, or `Kind name` for what has no namespace. */
  readonly on: string
  readonly cluster?: string
  readonly path?: string
  readonly severity?: string
  /** Codes of other tools, where the story is about which of the rule's it is. */
  readonly istio?: readonly string[]
  readonly kiali?: readonly string[]
  /** Words that the message has to contain: names, above all. */
  readonly says?: readonly string[]
}

/**
 * A few objects, and every finding of one rule about them, worked out by hand from the domain rules.
 *
 * `objects` are those of one cluster, `clusters` those of several by name; `topology` is what a document says besides (controlPlanes, networks …),
 * its `clusters` being joined with the objects by name.
 */
export interface FindingStory {
  readonly story: string
  readonly objects?: readonly unknown[]
  readonly clusters?: Readonly<Record<string, readonly unknown[]>>
  readonly topology?: Readonly<Record<string, unknown>>
  /** None: the rule keeps silent. */
  readonly findings: readonly ToldFinding[]
}

export interface RuleStories {
  readonly code: string
  readonly stories: readonly FindingStory[]
}

const folder = 'test/golden/findings'

/** The stories of each rule, from the file named after its code. */
export const ruleStories = (): readonly RuleStories[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .toSorted()
    .map((file) => ({ code: basename(file, '.yaml'), stories: yaml.load(readFileSync(join(folder, file), 'utf8')) as FindingStory[] }))

interface Named {
  readonly name: string
}

/** The document that a story is about. */
export function documentOf({ objects, clusters = { west: objects ?? [] }, topology = {} }: FindingStory): string {
  const stated = (topology['clusters'] ?? []) as readonly Named[]
  const entries = Object.entries(clusters).map(([name, resources]) => ({
    name,
    ...stated.find((cluster) => cluster.name === name),
    resources,
  }))
  return JSON.stringify({ apiVersion: 'sightline/v1', kind: 'Topology', ...topology, clusters: entries })
}
