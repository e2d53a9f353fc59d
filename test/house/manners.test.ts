import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

const generated = (file: string): boolean => file.split(sep).includes('generated')
const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !generated(file))
    .map((file) => join(folder, file))

const sources = filesIn('src').map((file) => ({ file, text: readFileSync(file, 'utf8') }))
const those = (matching: (source: { file: string; text: string }) => boolean): readonly string[] =>
  sources.filter(matching).map(({ file }) => file)

describe('the house', () => {
  it('has sources to look at', () => expect(sources.length).toBeGreaterThan(20))

  it('reads the environment in config.ts only', () => {
    expect(those(({ file, text }) => /\bprocess\.env\b/.test(text) && file !== join('src', 'config.ts'))).toEqual([])
  })

  it('has one class, AppError', () => {
    expect(those(({ file, text }) => /^\s*(export )?(abstract )?class\s/m.test(text) && basename(file) !== 'app-error.ts')).toEqual([])
  })

  it('names folders after ideas, not after leftovers', () => {
    const leftovers = ['utils', 'util', 'helpers', 'common', 'types', 'services', 'core', 'lib', 'shared', 'misc']
    // What Kubernetes itself calls a Service is an idea of the domain, not a leftover.
    const ideas = join('src', 'engine', 'snapshot', 'services')
    expect(
      those(({ file }) =>
        file
          .replace(ideas, '')
          .split(/[/\\.]/)
          .some((part) => leftovers.includes(part)),
      ),
    ).toEqual([])
  })

  it('has kebab-case file names and no barrels', () => {
    expect(those(({ file }) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.d)?\.ts$/.test(basename(file)) || basename(file) === 'index.ts')).toEqual([])
  })

  it('keeps the engine away from the clock and from chance', () => {
    const impure = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandomUUID\(|\bperformance\.now\(|\bsetTimeout\(/
    expect(those(({ file, text }) => file.startsWith(join('src', 'engine')) && impure.test(text))).toEqual([])
  })

  it('keeps what the engine worked out in remembered.ts only, where the key is everything that it was made of', () => {
    const byHand = ({ file, text }: { file: string; text: string }): boolean =>
      file.startsWith(join('src', 'engine')) && /new WeakMap\b/.test(text)
    expect(those(byHand)).toEqual([join('src', 'engine', 'remembered.ts')])
  })

  it('makes no argument of each item of a list, of which the stack has no room for all', () => {
    expect(those(({ text }) => /(?:\.push|\.unshift|Math\.max|Math\.min)\(\s*(?:[\w.]+, )*\.\.\./.test(text))).toEqual([])
  })

  it('leaves no notes to self', () => {
    expect(those(({ text }) => /\b(TODO|FIXME|XXX|HACK)\b|not implemented/i.test(text))).toEqual([])
  })
})
