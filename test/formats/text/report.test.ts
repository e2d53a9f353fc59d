import { describe, expect, it } from 'vitest'
import { failure } from '#cli/failure'
import { printFailure } from '#cli/print/failure'
import { printable, printableText } from '#formats/text/printable'
import { tellReport } from '#formats/text/report'
import { describeResource, describeResources } from '#formats/text/resource'
import { items } from '#formats/parts/tell'
import type { Fault } from '#engine/model/app-error'
import type { Finding, Report } from '#engine/model/report'
import type { ResourceRef } from '#engine/model/resource-ref'
import { answer, marked, plain, ref } from './parts.js'

describe('tables', () => {
  it('have columns as wide as their widest cell, colours aside, and no spaces at a line’s end', () => {
    const rows = [{ cells: ['a', { text: 'wide', shade: 'good' as const }, ''] }, { cells: ['longer', 'b', 'c'], below: ['below'] }]
    expect(marked(items(rows))).toEqual(['  a       <good>wide</>', '  longer  b     c', '      below'])
  })

  it('of no rows are nothing', () => {
    expect(plain(items([]))).toEqual([])
  })
})

describe('objects as a person is told of them', () => {
  it.each<[Partial<ResourceRef>, string]>([
    [{}, 'Service west/shop/x'],
    [{ cluster: null }, 'Service shop/x'],
    [{ namespace: null }, 'Service west/x'],
    [{ kind: 'Cluster', namespace: null }, 'Cluster x'],
    [{ path: 'spec.ports[0]' }, 'Service west/shop/x at spec.ports[0]'],
    [{ source: { file: 'a.yaml', line: 3 } }, 'Service west/shop/x (a.yaml:3)'],
    [{ source: { file: null, line: 3 } }, 'Service west/shop/x (line 3)'],
    [{ source: { file: 'a.yaml', line: null } }, 'Service west/shop/x (a.yaml)'],
    [{ source: { file: null, line: null } }, 'Service west/shop/x'],
  ])('%j is %s', (more, text) => {
    expect(describeResource(ref('x', more))).toBe(text)
  })

  it('are each named once, three of them, and the rest counted', () => {
    expect(describeResources([ref('a'), ref('a'), ref('b'), ref('c')])).toHaveLength(3)
    const many = ['a', 'b', 'c', 'd', 'e'].map((name) => ref(name))
    expect(describeResources(many).at(-1)?.text).toBe('and 2 more')
    expect(describeResources(many, true)).toHaveLength(5)
  })
})

describe('texts that somebody else wrote', () => {
  it('cannot drive the terminal: control and direction characters are replaced, lines and tabs stay', () => {
    expect(printableText('a\u001b[31mb\u0007\u009bc\u202ed\u2066\n\te')).toBe('a\ufffd[31mb\ufffd\ufffdc\ufffdd\ufffd\n\te')
    expect(printable({ a: ['\u001b', { b: '\u0000x' }], c: 1, d: null })).toEqual({ a: ['\ufffd', { b: '\ufffdx' }], c: 1, d: null })
  })
})

describe('a failure', () => {
  const fault = (detail: string, more: Partial<Fault> = {}): Fault => ({ code: 'X', detail, ...more })
  it('is one line, with what was probably meant', () => {
    expect(printFailure(failure('input', 'there is no `clinet`', { suggestions: ['client', 'clint'] }))).toBe(
      'sightline: there is no `clinet`\n  did you mean `client`, `clint`?\n',
    )
  })

  it('shows each fault with its place and path, twenty of them, and counts the rest', () => {
    const first = { ...fault('is no number', { source: { file: 'a.yaml', line: 3 } }), pointer: '#/clusters/0' }
    const errors = [first, ...Array.from({ length: 24 }, (_, index) => fault(`fault ${index}`))]
    const lines = printFailure(failure('input', 'it cannot be read', { errors })).split('\n')
    expect(lines.slice(0, 3)).toEqual(['sightline: it cannot be read', '  a.yaml:3: is no number (#/clusters/0)', '  fault 0'])
    expect([lines.length, lines[21]]).toEqual([23, '  and 5 more'])
  })

  it('does not say the same twice', () => {
    expect(printFailure(failure('input', 'is no number', { errors: [fault('is no number')] }))).toBe('sightline: is no number\n')
  })
})

describe('a report', () => {
  const finding = (severity: Finding['severity'], code: string, more: Partial<Finding> = {}): Finding => ({
    code,
    severity,
    message: 'is so',
    resource: null,
    path: null,
    source: null,
    istio: [],
    kiali: [],
    help: '',
    ...more,
  })
  const report = (more: Partial<Report> = {}): Report => ({
    verdict: 'PASS',
    summary: { error: 0, warning: 1, info: 2, suppressed: 0, assertions: { passed: 0, failed: 0, undetermined: 0, expected: 0 } },
    findings: [],
    assertions: [],
    counts: {},
    ...more,
  })

  it('counts what it found, and what is suppressed only where something is', () => {
    expect(plain(tellReport(report()))).toEqual(['PASS  0 errors, 1 warning, 2 remarks'])
    const summary = { ...report().summary, error: 1, warning: 0, info: 1, suppressed: 3 }
    expect(plain(tellReport(report({ verdict: 'FAIL', summary })))).toEqual(['FAIL  1 error, 0 warnings, 1 remark, 3 suppressed'])
  })

  it('has the gravest findings first, each with its object or its place, and with the codes of other tools for it', () => {
    const findings = [
      finding('INFO', 'C', { path: '#/a', source: { file: 'a.yaml', line: 2 } }),
      finding('ERROR', 'A', { resource: ref('x'), path: 'spec' }),
      finding('WARNING', 'B', { istio: ['IST0101'], kiali: ['KIA1101'] }),
    ]
    expect(plain(tellReport(report({ findings }))).slice(3)).toEqual([
      '  ERROR    A  is so',
      '      Service west/shop/x at spec',
      '  WARNING  B  is so',
      '      istioctl analyze says IST0101; Kiali says KIA1101',
      '  INFO     C  is so',
      '      #/a a.yaml:2',
    ])
  })

  it('says of an assertion that fails what was expected and what is so, or why it cannot be asked', () => {
    const assertions: Report['assertions'] = [
      { name: 'one', passed: true, outcome: 'PASSED', verdict: 'REACHABLE' },
      {
        name: 'two',
        passed: false,
        outcome: 'FAILED',
        verdict: 'UNREACHABLE',
        expected: 'REACHABLE',
        trace: answer({ summary: 'it is denied' }),
      },
      {
        name: 'three',
        passed: false,
        outcome: 'EXPECTED',
        until: '2027-01-01',
        verdict: null,
        expected: 'REACHABLE',
        problem: { code: 'X', message: 'no such', suggestions: ['a', 'b'] },
      },
    ]
    expect(plain(tellReport(report({ assertions }))).slice(3)).toEqual([
      '  PASSED    one    REACHABLE',
      '  FAILED    two    expected REACHABLE, is UNREACHABLE',
      '      it is denied',
      '  EXPECTED  three  expected REACHABLE, cannot be asked, may fail until 2027-01-01',
      '      no such',
      '      did you mean `a`, `b`?',
    ])
  })
})
