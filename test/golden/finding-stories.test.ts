import { describe, expect, it } from 'vitest'
import { allRules } from '../../src/engine/rules/all-rules.js'
import { findBreaches } from '../../src/engine/rules/make-report.js'
import type { Finding } from '../../src/engine/model/report.js'
import { originalsOf, snapshotOf } from '../engine/from-yaml.js'
import { documentOf, ruleStories, type ToldFinding } from './finding-stories.js'

/** The moment at which stories are told. */
const moment = Date.parse('2026-06-01T00:00:00Z')

const nameOf = ({ resource }: Finding): string =>
  resource === null ? '-' : `${resource.kind} ${resource.namespace === null ? '' : `${resource.namespace}/`}${resource.name}`

/** Of a finding what the story speaks of. */
function asTold(finding: Finding, told: ToldFinding | undefined): ToldFinding {
  const { path, severity, istio, kiali, message, resource } = finding
  const whole = { path, severity, istio, kiali, cluster: resource?.cluster, says: told?.says?.filter((word) => message.includes(word)) }
  const spoken = Object.entries(whole).filter(([key]) => told !== undefined && key in told)
  return { on: nameOf(finding), ...Object.fromEntries(spoken) }
}

const keyOf = ({ on, path, cluster }: ToldFinding): string => [on, cluster, path].join(' ')

describe.each(ruleStories())('$code', ({ code, stories }) => {
  const rules = allRules.filter((rule) => rule.code === code)

  it.each(stories)('$story', async (story) => {
    const document = documentOf(story)
    const found = findBreaches(snapshotOf(document), rules, { at: moment, originals: await originalsOf(document) })
    const wanted = story.findings.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    const like = (finding: Finding): ToldFinding | undefined =>
      wanted.find(
        (told) =>
          told.on === nameOf(finding) &&
          (told.path === undefined || told.path === finding.path) &&
          (told.cluster === undefined || told.cluster === finding.resource?.cluster),
      )
    const said = found.map((finding) => asTold(finding, like(finding))).toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    expect(said, found.map(({ message }) => message).join('\n')).toEqual(wanted)
  })

  it('is a rule', () => {
    expect(rules.length).toBe(1)
  })
})
