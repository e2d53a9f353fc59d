import { expect, it } from 'vitest'
import { shortLived } from '#analyst/turn-taking/short-lived'

it('holds what comes and goes under its key, as a map does, in the order in which it came', () => {
  const waiting = shortLived<number, { readonly name: string }>()
  for (let id = 1; id <= 200; id += 1) {
    waiting.set(id, { name: `request ${id}` })
    if (id > 3) waiting.delete(id - 3)
  }
  expect([...waiting.keys()]).toEqual([198, 199, 200])
  expect([waiting.size(), waiting.has(199), waiting.get(199)]).toEqual([3, true, { name: 'request 199' }])
  waiting.delete(1)
  expect([waiting.size(), waiting.has(1), waiting.get(1)]).toEqual([3, false, undefined])
})

it('may be emptied while it is gone through', () => {
  const waiting = shortLived<number, object>()
  for (const id of [1, 2, 3]) waiting.set(id, {})
  for (const id of waiting.keys()) waiting.delete(id)
  expect(waiting.size()).toBe(0)
})
