import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import type { Report } from '#engine/model/report'
import { makeReport } from '#engine/rules/make-report'
import { findFormat } from '#formats/all-formats'
import { writeWhole } from '#formats/format'
import type { Told } from '#formats/told'
import { originalsOf, snapshotOf } from '../engine/from-yaml.js'
import { documentOf, ruleStories } from '../golden/finding-stories.js'
import { quiet, told } from './story.js'

/** The published schema of SARIF, which its licence keeps out of this repository: a path to it may be given. */
const sarifSchema = process.env['SARIF_SCHEMA'] ?? ''
/** Jenkins’ schema, which its licence lets stand here; what holds documents against it is a program of the system. */
const junitSchema = join(import.meta.dirname, 'schemas/junit-10.xsd')

const hasSarif = existsSync(sarifSchema)
const hasXmllint = spawnSync('xmllint', ['--version']).status === 0
if (process.env['REQUIRE_SCHEMAS'] !== undefined && !(hasSarif && hasXmllint))
  throw new Error(`${hasSarif ? 'xmllint' : 'SARIF_SCHEMA'} is missing`)

/** Everything that every rule tells in its stories. */
const reports: readonly Report[] = await Promise.all(
  ruleStories()
    .flatMap(({ stories }) => stories)
    .map(documentOf)
    .map(async (document) => makeReport(snapshotOf(document), [], [], 0, await originalsOf(document))),
)
const all: readonly Told[] = [told, quiet, ...reports.map((report) => ({ ...told, report }))]
const written = (name: string): readonly string[] => all.map((what) => writeWhole(findFormat(name) ?? { pieces: () => [] }, what))

describe('reports on the stories of all rules are valid against the published schema', () => {
  it.runIf(hasSarif)('of SARIF 2.1.0', () => {
    // One of its patterns has a bracket too many, which other readers of patterns pass over.
    const schema = Compile(JSON.parse(readFileSync(sarifSchema, 'utf8').replaceAll(']?$"', '?$"')) as never)
    for (const text of written('sarif')) expect(schema.Check(JSON.parse(text)) ? [] : [...schema.Errors(JSON.parse(text))]).toEqual([])
    expect(schema.Check({ version: '2.1.0', runs: [{}] })).toBe(false)
  })

  it.runIf(hasXmllint)('of Jenkins’ JUnit', () => {
    const folder = mkdtempSync(join(tmpdir(), 'junit-'))
    const judge = (texts: readonly string[]) => {
      const files = texts.map((text, index) => join(folder, `${index}.xml`))
      for (const [index, file] of files.entries()) writeFileSync(file, texts[index] ?? '')
      return spawnSync('xmllint', ['--noout', '--schema', junitSchema, ...files], { encoding: 'utf8', maxBuffer: 2 ** 26 })
    }
    try {
      const { status, stderr } = judge(written('junit'))
      expect(
        status === 0
          ? ''
          : stderr
              .split('\n')
              .filter((line) => !line.endsWith(' validates'))
              .join('\n'),
      ).toBe('')
      expect(judge(['<testsuites><testsuite/></testsuites>']).status).not.toBe(0)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it.skipIf(hasSarif)('left out: SARIF_SCHEMA names no copy of the schema of SARIF', () => undefined)
  it.skipIf(hasXmllint)('left out: xmllint is not there', () => undefined)
})
