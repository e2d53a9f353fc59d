import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { allCommands } from '#cli/all-commands'
import { sharedFlags } from '#cli/parse-arguments'
import { endless } from '#formats/text/screen'
import { call } from '../cli/call.js'

/** Pages show what a terminal of this width shows. */
const columns = 100

interface Shown {
  readonly file: string
  readonly words: readonly string[]
  /** What the page shows of its answer, `…` for what it leaves out; undefined: nothing. */
  readonly answer: readonly string[] | undefined
}

const files = [
  'README.md',
  'examples/README.md',
  ...readdirSync('docs')
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
  ...readdirSync('examples', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('/README.md'))
    .map((file) => join('examples', file)),
]

/** As a shell would part them: quotes hold together, the rest of a pipe is somebody else's. */
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => double ?? single ?? bare ?? '')

/** The command in a line, wherever it stands between pipes. */
const commandIn = (line: string): readonly string[] | undefined => {
  const parts = line.replace(/\s+#.*$/, '').split(/\s+\|\s+/)
  const [rest] = parts.flatMap((part) => /^(?:[A-Z_]+=\S+ )*(?:npx )?sightline (.*)$/.exec(part.trim())?.[1] ?? [])
  return rest === undefined ? undefined : wordsOf(rest)
}

function shownIn(file: string): readonly Shown[] {
  const blocks = [
    ...readFileSync(file, 'utf8')
      .replaceAll(/\\\n\s*/g, '')
      .matchAll(/^```(sh|console)\n(.*?)^```/gms),
  ]
  return blocks.flatMap(([, kind, text = '']) => {
    if (kind === 'sh') return text.split('\n').flatMap((line) => asked(file, line, undefined))
    return text
      .split(/^\$ /m)
      .slice(1)
      .flatMap((part) => {
        const [line = '', ...answer] = part.trimEnd().split('\n')
        return asked(file, line, answer)
      })
  })
}

const asked = (file: string, line: string, answer: readonly string[] | undefined): readonly Shown[] => {
  const words = commandIn(line)
  return words === undefined ? [] : [{ file, words, answer }]
}

const shown = files.flatMap(shownIn)
/** What can be asked here: examples, without a server. */
const askable = shown.filter(
  ({ words }) => words.some((word) => word.startsWith('examples/')) && !words.includes('--server') && words[0] !== 'push',
)

/** Every line that is shown stands in the answer, in order; after `…` any number may have been left out. */
function checkShown(answer: readonly string[], lines: readonly string[]): void {
  let at = 0
  let skips = false
  for (const line of answer) {
    if (line.trim() === '…') {
      skips = true
      continue
    }
    const matches = (told: string | undefined): boolean =>
      told !== undefined && (line.endsWith('…') ? told.startsWith(line.slice(0, -1).trimEnd()) : told.trimEnd() === line.trimEnd())
    const found = skips ? lines.findIndex((told, index) => index >= at && matches(told)) : matches(lines[at]) ? at : -1
    expect(found, `\`${line}\` after line ${at} of\n${lines.join('\n')}`).toBeGreaterThanOrEqual(0)
    at = found + 1
    skips = false
  }
}

describe('the commands that pages show', () => {
  it('are found', () => expect(askable.length).toBeGreaterThan(20))

  it.each(shown.map(({ file, words, answer }) => [file, words.join(' '), words, answer] as const))(
    '%s: %s is a command',
    (_file, _line, words) => {
      const command = allCommands.find(({ name }) => name === words[0])
      expect(['help', 'version', ...allCommands.map(({ name }) => name)]).toContain(words[0])
      const flags = words.filter((word) => word.startsWith('--')).map((word) => word.slice(2).split('='))
      for (const [flag = ''] of flags) expect(Object.keys({ ...command?.flags, ...sharedFlags })).toContain(flag)
    },
  )

  it.each(askable.map(({ file, words, answer }) => [file, words.join(' '), words, answer] as const))(
    '%s: %s answers, as shown',
    async (_file, _line, words, answer) => {
      const { code, out, err } = await call(words, { screen: { ...endless, columns } })
      expect([0, 1], err).toContain(code)
      if (answer !== undefined) checkShown(answer, out.split('\n'))
    },
  )
})
