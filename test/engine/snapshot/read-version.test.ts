import { describe, expect, it } from 'vitest'
import { readVersion } from '#engine/snapshot/read-version'

describe('a release as it is written', () => {
  it.each([
    ['1.29.5', '1.29.5', [1, 29, 5]],
    ['v1.29.5', '1.29.5', [1, 29, 5]],
    ['1.30.2-distroless', '1.30.2-distroless', [1, 30, 2]],
    ['1.31.0-rc.1', '1.31.0-rc.1', [1, 31, 0]],
    ['1.29', '1.29', [1, 29, Number.POSITIVE_INFINITY]],
    ['1.32-dev', '1.32-dev', [1, 32, Number.POSITIVE_INFINITY]],
  ] as const)('`%s` is told as it is and read by its numbers; without a patch it is the newest of the branch', (written, text, parsed) => {
    expect(readVersion(written)).toEqual({ text, parsed, assumed: false })
  })

  it.each(['', 'latest', 'main', '1', 'sha256:abc'])('`%s` names none', (text) => {
    expect(readVersion(text)).toBeUndefined()
  })
})
