import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { whenCollected } from '#analyst/when-collected'

it('tells after a full collection of garbage which share of the heap is in use still', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  let tell: (fill: number) => void = () => {}
  whenCollected((fill) => tell(fill))
  const fillAfterOne = async (): Promise<number> => {
    const told = new Promise<number>((resolve) => {
      tell = resolve
    })
    collect()
    return told
  }
  const before = await fillAfterOne()
  const held = Array.from({ length: 2_000_000 }, (_, at) => ({ at }))
  const meanwhile = await fillAfterOne()
  expect(held).toHaveLength(2_000_000)
  expect(before).toBeGreaterThan(0)
  expect(meanwhile).toBeGreaterThan(before)
  expect(meanwhile).toBeLessThan(1)
})
