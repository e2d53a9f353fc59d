import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AppError } from '#engine/model/app-error'
import type { Dependencies } from '#operations/dependencies'
import { deeds } from './deeds.js'
import { matrix } from './matrix.js'
import { roles } from './roles.js'
import { touched, untouched } from './untouched.js'

async function answerTo(deed: keyof typeof deeds, role: keyof typeof roles): Promise<string> {
  const needs: Dependencies = { store: untouched(), analyst: untouched(), now: () => 0, caller: roles[role] }
  try {
    await deeds[deed]?.(needs)
  } catch (error) {
    if (error instanceof AppError) return error.code === 'TOPOLOGY_NOT_FOUND' ? 'NOT_FOUND' : error.code
    if (error !== touched) throw error
  }
  return 'YES'
}

describe('before anything is read for them', () => {
  const rows = matrix.filter(([deed]) => deeds[deed] !== undefined)
  it.each(rows)('%s for a %s: %s', async (deed, role, answer) => {
    expect(await answerTo(deed, role)).toBe(answer)
  })

  it('whose topology it is not hears what is said of one that does not exist', async () => {
    const hear = async (caller: Dependencies['caller'], store: object): Promise<unknown> => {
      const needs = { store, analyst: untouched(), now: () => 0, caller } as Dependencies
      return Promise.resolve(deeds.readTopology?.(needs)).catch((error: AppError) => ({ code: error.code, message: error.message }))
    }
    const unknown = await hear(roles.reader, { findTopology: async () => undefined })
    expect(await hear(roles.stranger, untouched())).toEqual(unknown)
  })
})

describe('no operation is forgotten', () => {
  const folder = 'src/operations'
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  /** A part of several operations is told whose row counts. */
  const isToldItsRow = (name: string, text: string): boolean => new RegExp(`function ${name}\\([^)]*\\bdeed: Deed\\b`).test(text)
  /** What takes a caller is an operation. */
  const operations = files.flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8')
    const needy =
      /export (?:async )?(?:function\*?|const) (\w+)[^{]*?\(\s*(?:\{[^}]*\}|\w+): (?:Omit<|Pick<)?(?:Dependencies|Asking(?:InWords)?)\b/g
    // What one maker makes of a kind of question takes the caller by the maker.
    const made = /export const (\w+) = \w+Operation\b/g
    return [...text.matchAll(needy), ...text.matchAll(made)]
      .map(([, name = '']) => ({ name, text }))
      .filter(({ name }) => !isToldItsRow(name, text))
  })

  it('finds them', () => {
    expect(operations.length).toBeGreaterThan(25)
  })

  it.each(operations.map(({ name, text }) => [name, text] as const))('%s admits its caller by its own row', (name, text) => {
    expect(deeds).toHaveProperty(name)
    expect(text).toContain(`'${name}'`)
  })

  it('and what knows no caller is called by operations alone', () => {
    const names = new Set([...operations.map(({ name }) => name), 'checkReadiness'])
    const pure = [
      '#operations/dependencies',
      '#operations/page',
      '#operations/share-room',
      '#operations/topologies/name',
      '#operations/questions/visible-cursor',
    ]
    const doors = ['rest', 'graphql', 'cli'].flatMap((door) =>
      readdirSync(join('src', door), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => join('src', door, file)),
    )
    const imported = doors.flatMap((file) => [
      ...readFileSync(file, 'utf8').matchAll(/^import (?!type)\{([^}]*)\} from '(#operations\/[^']*)'/gm),
    ])
    const values = imported
      .filter(([, , module = '']) => !pure.includes(module))
      .flatMap(([, list = '']) => list.split(',').map((name) => name.trim()))
      .filter((name) => name !== '' && !name.startsWith('type '))
    expect(values.length).toBeGreaterThan(20)
    // Writes out what a caller was given before.
    expect([...new Set(values.filter((name) => !names.has(name)))]).toEqual(['writeForSending'])
  })
})
