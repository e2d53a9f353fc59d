import { describe, expect, it } from 'vitest'
import { cleanText } from '#engine/manifests/secrets/clean-text'
import { replaceLines } from '#engine/manifests/secrets/replace-lines'
import { readYaml, taken } from '../reading.js'

const clean = (text: string): string => cleanText(text, { reading: 'SETTINGS' }, () => undefined)
const size = 8 * 1024 ** 2
const filled = (piece: string): string => piece.repeat(Math.ceil(size / piece.length)).slice(0, size)

describe('a text of 8 MiB', () => {
  it.each([
    ['base64', filled('aB3/')],
    ['base64 in lines', filled(`${'aB3/'.repeat(8)}\n`)],
    ['base64 in lines of an escaped text', filled(`${'aB3/'.repeat(16)}\\n`)],
    ['hexadecimal digits', filled('0123456789abcdef')],
    ['what is under percent signs', filled('a%20b')],
    ['one letter', filled('A')],
  ])('of %s that hides nothing stays as it is', (_what, text) => {
    expect(clean(text) === text).toBe(true)
  })

  it.each(['ghp_', 'AIza', 'glpat-', 'sk-', 'xoxb-', 'hvs.', 'npm_', 'ATATT3', 'slt_'])('that begins with `%s` is taken out', (prefix) => {
    expect(clean(`${prefix}${filled('aB3d')}`).length).toBe(0)
  })

  it('of YAML that is tagged as base64 is read', () => {
    const object = `{ apiVersion: v1, kind: ConfigMap, metadata: { name: a }, data: { k: !!binary ${filled('QUJD')} } }`
    const text = `apiVersion: sightline/v1\nkind: Topology\nclusters:\n  - name: west\n    resources:\n      - ${object}\n`
    expect(taken(readYaml(text)).parts).toHaveLength(1)
  })
})

describe('base64 in lines', () => {
  const line = 'aB3/'.repeat(8)
  const marked = (text: string): string => replaceLines(text, (lines) => `<${lines.replaceAll('\n', '|')}>`)
  it.each([
    ['one line is none', `${line}\n`, `${line}\n`],
    ['two lines', `x: ${line}\n  ${line}AB==\n`, `x: <${line}|  ${line}AB==>\n`],
    ['a last line that is shorter', `${line}\n${line}\nAB=\n.`, `<${line}|${line}|AB=>\n.`],
    ['lines that are all ended', `${line}\n${line}\n${line}\n!`, `<${line}|${line}|${line}>\n!`],
    ['a short line between', `${line}\nAB\n${line}\n${line}`, `<${line}|AB>\n<${line}|${line}>`],
    ['lines of an escaped text', `"${line}\\n${line}\\n"`, `"<${line}\\n${line}>\\n"`],
    ['none where a word goes on', `-${line}\n!`, `-${line}\n!`],
  ])('are found: %s', (_what, text, expected) => {
    expect(marked(text)).toBe(expected)
  })
})
