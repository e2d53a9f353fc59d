import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { removeSecrets } from '#engine/manifests/secrets/remove-secrets'
import { withoutSecretText } from '#engine/manifests/secrets/without-secret-text'

/** Lists of carriers and look-alikes that others wrote, in the folder that ATTACK names. */
interface Entry {
  readonly name: string
  readonly canary: string
  readonly expected?: string
  readonly object?: Record<string, unknown>
  readonly header?: Record<string, unknown>
  readonly query?: string
}

interface Expanded {
  readonly value: unknown
  readonly looks: readonly string[]
}

const folder = join(process.env['ATTACK'] ?? '/nowhere', 'secrets')
const isThere = existsSync(folder)
const read = (name: string): readonly Entry[] => JSON.parse(readFileSync(join(folder, name), 'utf8')) as readonly Entry[]
const { expand } = isThere
  ? ((await import(pathToFileURL(join(folder, 'expand.mjs')).href)) as { expand: (entry: Entry, value?: unknown) => Expanded })
  : { expand: (): Expanded => ({ value: undefined, looks: [] }) }

if (!isThere) console.log('ATTACK names no folder with lists of secrets: they are left out')

describe.runIf(isThere)('of lists that others wrote', () => {
  const carriers = isThere
    ? [...read('carriers.json'), ...read('carriers-hard.json')].filter(({ expected }) => expected !== 'cannot be known')
    : []

  it.each(carriers.map((entry) => [entry.name, entry] as const))('the carrier %s loses its secret', (_, entry) => {
    const { value, looks } = expand(entry)
    const kept = JSON.stringify(removeSecrets(withoutNoise(value)).value)
    for (const look of looks) expect(kept).not.toContain(look)
  })

  it.each((isThere ? read('carriers-request.json') : []).map((entry) => [entry.name, entry] as const))(
    '%s loses its secret',
    (_, entry) => {
      const { value, looks } = expand(entry, { header: entry.header ?? {}, query: entry.query ?? '' })
      const { header, query } = value as { header: unknown; query: string }
      const texts = [...new URLSearchParams(query).values()].map((text) => withoutSecretText(text).text)
      const kept = JSON.stringify([removeSecrets(header).value, texts])
      for (const look of looks) expect(kept).not.toContain(look)
    },
  )

  it.each((isThere ? read('harmless.json') : []).map((entry) => [entry.name, entry] as const))('the look-alike %s stays', (_, entry) => {
    const { value } = expand({ ...entry, canary: '' })
    expect(removeSecrets(value)).toEqual({ value, removed: [] })
  })

  it.each(carriers.map((entry) => [entry.name, entry] as const))('what is left of %s stays when it is cleaned again', (_, entry) => {
    const { value } = removeSecrets(expand(entry).value)
    expect(removeSecrets(value)).toEqual({ value, removed: [] })
  })
})

/** What the intake drops before secrets are looked for. */
const withoutNoise = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, member: unknown) => (key === 'managedFields' ? undefined : member)))
