import { describe, expect, it } from 'vitest'
import { freeName } from '#engine/remedies/free-name'

const taken = (...names: readonly string[]) => names.map((name) => ({ meta: { name } }))

describe('the name of an object that a remedy adds', () => {
  it.each([
    ['allow-web', [], 'allow-web'],
    ['allow-web', ['allow-web'], 'allow-web-2'],
    ['allow-web', ['allow-web', 'allow-web-2', 'allow-web-4'], 'allow-web-3'],
    ['allow-web', ['allow-web-2'], 'allow-web'],
    ['Allow Web', [], 'allow-web'],
    ['*.example.com', [], 'example-com'],
    ['a.b_c', ['a-b-c'], 'a-b-c-2'],
  ])('`%s` beside %j is `%s`', (wanted, names, expected) => {
    expect(freeName(wanted, taken(...names))).toBe(expected)
  })

  it('is one that Kubernetes takes, however long the wish is', () => {
    const long = `${'a'.repeat(59)}.${'b'.repeat(40)}`
    const first = freeName(long, [])
    const second = freeName(long, taken(first))
    expect(second).not.toBe(first)
    for (const name of [first, second]) expect(name).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/u)
  })
})
