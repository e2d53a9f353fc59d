import type { Check } from '#engine/model/check'
import type { Finding } from '#engine/model/report'
import { describe, expect, it } from 'vitest'
import { allFormats, findFormat } from '#formats/all-formats'
import { writeWhole } from '#formats/format'
import { issuesOf } from '#formats/issue'
import { tagsOf } from './read-tags.js'
import { quiet, report, told } from './story.js'

const written = (name: string, what = told): string => writeWhole(findFormat(name) ?? { pieces: () => [] }, what)

describe('a report', () => {
  it.each(allFormats.filter(({ name }) => name !== 'json'))('is written as $name as it stands in the golden file', async (format) => {
    await expect(writeWhole(format, told)).toMatchFileSnapshot(`golden/full.${format.name}`)
    await expect(writeWhole(format, quiet)).toMatchFileSnapshot(`golden/quiet.${format.name}`)
  })

  it('has the same verdict and the same findings in every form', () => {
    for (const format of allFormats) {
      const { name } = format
      const text = writeWhole(format, told)
      for (const code of ['NET101', 'CTL101', 'OBJ102']) expect(text, name).toContain(code)
      if (!['gitlab', 'junit'].includes(name)) expect(text, name).toContain('FAIL')
    }
  })

  it('as JSON is the report itself, and of a check the check', () => {
    expect(JSON.parse(written('json'))).toEqual(report)
    const check: Check = {
      verdict: 'PASS',
      reasons: [],
      against: { topology: 'shop', number: 1, contentHash: 'sha256:' },
      compatibility: 'NONE',
      report,
      assertions: [],
      new: [],
    }
    expect(JSON.parse(written('json', { ...told, check }))).toMatchObject({
      verdict: 'PASS',
      report: { verdict: 'FAIL' },
    })
    for (const name of ['markdown', 'text', 'github', 'sarif']) expect(written(name, { ...told, check }), name).toContain('PASS')
  })
})

describe('a finding', () => {
  /** Without a namespace, a path, a line or a code of other tools: nothing that a rule finds is written with less. */
  const smallest: Finding = {
    code: 'OBJ102',
    severity: 'INFO',
    message: 'it is there twice',
    resource: { cluster: null, kind: 'Pod', namespace: null, name: 'a' },
    path: null,
    source: null,
    istio: [],
    kiali: [],
    help: '/rules/OBJ102',
    fingerprint: '0'.repeat(32),
  }
  const withFindings = (count: number): typeof told => ({
    ...told,
    report: { ...report, findings: Array.from({ length: count }, () => smallest) },
  })

  it.each(allFormats.filter(({ aroundFinding }) => aroundFinding !== undefined))(
    'takes as much in $name as is counted before it is written',
    (format) => {
      const lengthOf = (count: number): number =>
        format.name === 'json' ? JSON.stringify(withFindings(count).report).length : writeWhole(format, withFindings(count)).length
      expect(lengthOf(3) - lengthOf(2)).toBeGreaterThanOrEqual((format.aroundFinding ?? 0) + smallest.message.length)
    },
  )
})

describe('what a tool shows at a line', () => {
  it('of an assertion that fails is the object that decided, else the assertion itself', () => {
    const places = issuesOf(report).map(({ code, file, line }) => `${code} ${file}:${line}`)
    expect(places).toEqual([
      'ASSERTION_FAILED west/deny.yaml:3',
      'NET101 west/shop.yaml:12',
      'CTL101 a b/ü#.yaml:null',
      'ASSERTION_FAILED topology.yaml:9',
      'OBJ102 null:null',
    ])
  })
})

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }
    readonly results: readonly {
      readonly ruleId: string
      readonly ruleIndex: number
      readonly baselineState?: string
      readonly partialFingerprints: object
      readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }[]
    }[]
  }[]
}

describe('SARIF', () => {
  it('refers to rules by their index, and states of all results what they are against the baseline, or of none', () => {
    const [run] = (JSON.parse(written('sarif')) as Log).runs
    const { results = [], tool } = run ?? {}
    for (const { ruleId, ruleIndex } of results) expect(tool?.driver.rules[ruleIndex]?.id).toBe(ruleId)
    expect(results.filter(({ baselineState }) => baselineState === undefined)).toEqual([])
    expect(new Set(results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints))).size).toBe(results.length)
    for (const { locations } of results) expect(locations[0]?.physicalLocation.artifactLocation.uri).toMatch(/^[\w.%/-]+$/)
  })
})

describe('JUnit', () => {
  /** Of Jenkins’ junit-10.xsd: which attributes an element may have, those that it must have marked, and what may stand in it. */
  const shapes: Readonly<Record<string, { readonly attributes: readonly string[]; readonly inside: readonly string[] }>> = {
    testsuites: { attributes: ['name', 'time', 'tests', 'failures', 'errors'], inside: ['testsuite'] },
    testsuite: {
      attributes: ['name!', 'tests!', 'failures!', 'errors!', 'group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package'],
      inside: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
    },
    testcase: { attributes: ['name!', 'time', 'classname', 'group'], inside: ['skipped', 'error', 'failure', 'system-out', 'system-err'] },
    failure: { attributes: ['type', 'message'], inside: [] },
    skipped: { attributes: ['type', 'message'], inside: [] },
    'system-out': { attributes: [], inside: [] },
  }
  it.each([
    ['a full report', told],
    ['a quiet one', quiet],
  ])('of %s has only elements and attributes that Jenkins’ schema knows, well nested', (_what, what) => {
    const open: string[] = []
    for (const { name, closes, isEmpty, attributes, before } of tagsOf(written('junit', what))) {
      expect(before).not.toMatch(/&(?!(?:amp|lt|gt|quot|#\d+);)/)
      if (closes) {
        expect(open.pop()).toBe(name)
        continue
      }
      const { attributes: known = [] } = shapes[name] ?? {}
      expect(open.length === 0 ? ['testsuites'] : shapes[open.at(-1) ?? '']?.inside).toContain(name)
      expect(known.map((key) => key.replace('!', ''))).toEqual(expect.arrayContaining([...attributes]))
      expect(attributes).toEqual(expect.arrayContaining(known.flatMap((key) => (key.endsWith('!') ? key.slice(0, -1) : []))))
      if (!isEmpty) open.push(name)
    }
    expect(open).toEqual([])
  })
})

describe('GitLab’s code quality', () => {
  it('has of each entry what GitLab asks for, and no fingerprint twice', () => {
    const entries = JSON.parse(written('gitlab')) as readonly {
      readonly description: string
      readonly check_name: string
      readonly fingerprint: string
      readonly severity: string
      readonly location: { readonly path: string; readonly lines: { readonly begin: number } }
    }[]
    for (const { description, check_name, fingerprint, severity, location } of entries) {
      expect([typeof description, typeof check_name, typeof fingerprint]).toEqual(['string', 'string', 'string'])
      expect(['info', 'minor', 'major', 'critical', 'blocker']).toContain(severity)
      expect(location.path).not.toMatch(/^\.?\//)
      expect(Number.isInteger(location.lines.begin)).toBe(true)
    }
    expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(entries.length)
    expect(written('gitlab', quiet)).toBe('[]\n')
  })
})

describe('GitHub’s annotations', () => {
  it('are one line each, whatever is quoted in them', () => {
    const lines = written('github').trimEnd().split('\n')
    expect(lines).toHaveLength(issuesOf(report).length + 1)
    for (const line of lines.slice(0, -1))
      expect(line).toMatch(/^::(?:error|warning|notice) (?:file=[^,:]*,)?(?:line=\d+,)?title=[^:,]*::[^\r\n]+$/)
  })
})
