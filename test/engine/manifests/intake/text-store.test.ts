import { expect, it } from 'vitest'
import { keptText, textStore } from '#engine/manifests/intake/text-store'

const sizes = [0, 1, 1365, 1366, 4096, 4097, 100_000, 1024 * 1024, 3 * 1024 * 1024]

/** One, two, three and four bytes a character, the last of them two units. */
it.each(['a', 'é', '€', '😀'])('texts of %s come back as they were, in whatever block they fit', (character) => {
  const texts = [...sizes, ...sizes.toReversed(), ...sizes].map((size) => character.repeat(size / character.length))
  const keep = textStore()
  expect(
    texts
      .map(keep)
      .map(keptText)
      .every((text, at) => text === texts[at]),
  ).toBe(true)
})

it('many small texts share few blocks, and the first of them is small', () => {
  const keep = textStore()
  const kept = Array.from({ length: 100_000 }, (_, at) => keep(`{"name":"object-${at}"}`))
  const blocks = [...new Set(kept.map(({ block }) => block))]
  expect(blocks.length).toBeLessThan(12)
  expect(blocks[0]?.length).toBe(4096)
  const held = blocks.reduce((sum, { length }) => sum + length, 0)
  expect(held).toBeLessThan(2 * kept.reduce((sum, { start, end }) => sum + end - start, 0))
})
