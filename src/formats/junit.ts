import { pausing } from '#engine/pause'
import type { AssertionResult, Report } from '#engine/model/report'
import type { Format } from './format.js'
import { describeFailure, type Issue, ofFinding } from './issue.js'

/** XML 1.0 knows neither control characters nor halves of characters. */
const unwritable = /(?![\n\r\t])[\p{Cc}\ufffe\uffff]|\p{Cs}/gu

const text = (value: string): string =>
  value.replaceAll(unwritable, '\u{fffd}').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const attribute = (value: string): string => text(value).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')

interface Case {
  readonly name: string
  readonly classname: string
  readonly outcome: 'PASSED' | 'FAILED' | 'SKIPPED'
  readonly type: string
  readonly message: string
  readonly details: string
}

/**
 * Test results as Jenkins reads them (junit-10.xsd of its xUnit plugin): a suite of findings, in which errors fail, and one of assertions.
 *
 * Warnings and remarks are output of cases that pass, because they fail no report.
 */
export const junit: Format = {
  name: 'junit',
  says: 'test results in JUnit’s XML',
  mediaType: 'application/xml',
  isAccepted: true,
  *pieces({ report, base }) {
    const suites = [
      suiteOf('findings', casesOf(report, base)),
      suiteOf('assertions', Array.from(pausing(report.assertions), caseOfAssertion)),
    ]
    const failures = suites.reduce((sum, suite) => sum + suite.failures, 0)
    const tests = suites.reduce((sum, suite) => sum + suite.tests, 0)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield `<testsuites name="sightline" tests="${tests}" failures="${failures}" errors="0">\n`
    for (const { head, cases } of suites) {
      yield `${head}\n`
      for (const one of pausing(cases)) yield `${linesOf(one).join('\n')}\n`
      yield '  </testsuite>\n'
    }
    yield '</testsuites>\n'
  },
}

const casesOf = ({ findings }: Report, base: string | undefined): readonly Case[] => {
  if (findings.length > 0) return Array.from(pausing(findings), (finding) => caseOfIssue(ofFinding(finding, base)))
  return [{ name: 'no findings', classname: 'sightline', outcome: 'PASSED', type: '', message: '', details: '' }]
}

function caseOfIssue({ code, severity, message, about, file, line }: Issue): Case {
  const place = file === null ? '' : `${file}${line === null ? '' : `:${line}`}`
  return {
    name: [code, about, place].filter((part) => part !== '').join(' '),
    classname: `sightline.${code}`,
    outcome: severity === 'ERROR' ? 'FAILED' : 'PASSED',
    type: code,
    message,
    details: [`${severity} ${message}`, ...(place === '' ? [] : [place])].join('\n'),
  }
}

function caseOfAssertion(assertion: AssertionResult): Case {
  const { name, outcome, passed } = assertion
  const message = passed ? '' : describeFailure(assertion)
  const ended = passed ? 'PASSED' : outcome === 'EXPECTED' ? 'SKIPPED' : 'FAILED'
  return { name, classname: 'sightline.assertions', outcome: ended, type: 'ASSERTION_FAILED', message, details: message }
}

interface Suite {
  readonly head: string
  readonly cases: readonly Case[]
  readonly tests: number
  readonly failures: number
}

function suiteOf(name: string, cases: readonly Case[]): Suite {
  const count = (outcome: Case['outcome']): number => cases.filter((one) => one.outcome === outcome).length
  const counts = `tests="${cases.length}" failures="${count('FAILED')}" errors="0" skipped="${count('SKIPPED')}"`
  return {
    head: `  <testsuite name="${name}" ${counts}>`,
    cases,
    tests: cases.length,
    failures: count('FAILED'),
  }
}

function linesOf({ name, classname, outcome, type, message, details }: Case): readonly string[] {
  const head = `    <testcase name="${attribute(name)}" classname="${attribute(classname)}"`
  if (outcome === 'SKIPPED') return [`${head}>`, `      <skipped message="${attribute(message)}"/>`, '    </testcase>']
  if (outcome === 'FAILED') {
    return [`${head}>`, `      <failure type="${type}" message="${attribute(message)}">${text(details)}</failure>`, '    </testcase>']
  }
  return details === '' ? [`${head}/>`] : [`${head}>`, `      <system-out>${text(details)}</system-out>`, '    </testcase>']
}
