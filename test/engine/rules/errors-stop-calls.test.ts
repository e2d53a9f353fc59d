import { describe, expect, it } from 'vitest'
import { answerFrom } from '#engine/analysis/answer/answer-from'
import { traceCall } from '#engine/analysis/trace-call'
import type { Verdict } from '#engine/model/verdict'
import { allRules } from '#engine/rules/all-rules'
import { findBreaches } from '#engine/rules/make-report'
import type { Snapshot } from '#engine/snapshot/snapshot'
import { documentOf, type FindingStory, ruleStories } from '../../golden/finding-stories.js'
import { snapshotOf } from '../from-yaml.js'

/** What a finding says that stops calls; a policy that denies nothing is as grave, and stops none. */
const stops = /every (?:request|connection) is denied|every call fails|are refused|all callers are denied|that the policy matches is denied/

interface Written {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace: string }
  readonly spec: { readonly template?: { readonly metadata?: { readonly labels?: Readonly<Record<string, string>> } } }
}

/** With a Service for every Deployment that has none: nobody calls what has no name. */
function withServices(objects: readonly unknown[]): readonly unknown[] {
  const written = objects as readonly Written[]
  const named = new Set(written.filter(({ kind }) => kind === 'Service').map(({ metadata }) => `${metadata.namespace}/${metadata.name}`))
  const missing = written.filter(({ kind, metadata }) => kind === 'Deployment' && !named.has(`${metadata.namespace}/${metadata.name}`))
  const services = missing.map(({ metadata: { name, namespace }, spec }) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { selector: spec.template?.metadata?.labels ?? {}, ports: [{ name: 'http', port: 80 }] },
  }))
  return [...objects, ...services]
}

const told = (story: FindingStory): FindingStory => ({
  ...story,
  clusters: Object.fromEntries(
    Object.entries(story.clusters ?? { west: story.objects ?? [] }).map(([name, objects]) => [name, withServices(objects)]),
  ),
})

/** The verdicts of the calls of everybody to every port of every Service. */
function verdictsOf(snapshot: Snapshot): readonly Verdict[] {
  const clusters = [...snapshot.clusters.values()]
  const hosts = clusters.flatMap(({ resources }) =>
    [...resources.services.values()]
      .flat()
      .flatMap(({ meta, ports }) => ports.map(({ number }) => ({ host: `${meta.name}.${meta.namespace}`, port: number }))),
  )
  return clusters.flatMap((cluster) =>
    cluster.namespaceNames.flatMap((namespace) =>
      cluster.workloads(namespace).flatMap(({ owner }) =>
        hosts.map((to) => {
          const question = { from: { cluster: cluster.name, namespace, workload: owner.name }, to }
          const trace = traceCall(snapshot, question, 0)
          if ('problem' in trace) throw new Error(trace.problem.message)
          return answerFrom(trace, question).verdict
        }),
      ),
    ),
  )
}

const isOfGateways = ({ objects = [] }: FindingStory): boolean => (objects as readonly Written[]).some(({ kind }) => kind === 'Gateway')

const stories = ruleStories()
  .filter(({ code }) => /^(?:AUT|TLS)/.test(code))
  .flatMap(({ code, stories: own }) =>
    own.filter((story) => !isOfGateways(story)).map((story) => ({ code, title: story.story, story: told(story) })),
  )

describe('a finding that says that calls are stopped comes with a call that is not REACHABLE', () => {
  it.each(stories)('$code: $title', ({ code, story }) => {
    const snapshot = snapshotOf(documentOf(story))
    const found = findBreaches(
      snapshot,
      allRules.filter((rule) => rule.code === code),
    )
    const grave = found.filter(({ severity, message }) => severity === 'ERROR' && stops.test(message))
    const verdicts = verdictsOf(snapshot)
    if (grave.length === 0 || verdicts.length === 0) return
    expect(
      verdicts.some((verdict) => verdict !== 'REACHABLE'),
      grave[0]?.message,
    ).toBe(true)
  })
})
