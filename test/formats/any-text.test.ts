import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findFormat } from '#formats/all-formats'
import { writeWhole } from '#formats/format'
import type { Told } from '#formats/told'
import { tagsOf } from './read-tags.js'
import { report, told } from './story.js'

/** Whatever somebody may have written into a document, half characters and control characters included. */
const anyText = fc.string({ unit: 'binary', maxLength: 40 })

const withTexts = (message: string, name: string, file: string): Told => ({
  ...told,
  report: {
    ...report,
    findings: report.findings.map((finding) => ({
      ...finding,
      message,
      resource: { cluster: name, kind: name, namespace: name, name },
      source: { file, line: 1 },
    })),
    assertions: report.assertions.map((assertion) => ({ ...assertion, name, ...(assertion.passed ? {} : { message }) })),
  },
})

describe('whatever is quoted in a report', () => {
  it('leaves every form whole', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (message, name, file) => {
        const what = withTexts(message, name, file)
        const written = (format: string): string => writeWhole(findFormat(format) ?? { pieces: () => [] }, what)
        for (const { before } of tagsOf(written('junit'))) expect(before).not.toMatch(/&(?!(?:amp|lt|gt|quot|#\d+);)/)
        expect(Buffer.from(written('junit')).toString()).toBe(written('junit'))
        for (const line of written('github')
          .trimEnd()
          .split(/[\r\n]/)
          .slice(0, -1))
          expect(line).toMatch(/^::(?:error|warning|notice) /)
        JSON.parse(written('sarif'))
        JSON.parse(written('gitlab'))
        const rows = written('markdown')
          .split('\n')
          .filter((line) => line.startsWith('| ') && line.includes('101'))
        for (const row of rows) expect(row.replaceAll(String.raw`\|`, '').split('|')).toHaveLength(7)
      }),
    )
  })
})
