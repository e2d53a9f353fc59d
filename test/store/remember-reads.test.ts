import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { rememberReads } from '../../src/store/remember-reads.js'
import type { Store, Version } from '#store/store'
import { by } from './by.js'

/** A store in which each look at a version makes it anew, so that it can be told which look an answer is from. */
function countingStore(): { readonly store: Store; looks(): number } {
  let looks = 0
  const findVersion = (topology: string): Promise<Version> => Promise.resolve({ topology, number: ++looks, header: '', parts: [] } as never)
  return { store: { findVersion, putTag: () => Promise.resolve() } as never, looks: () => looks }
}

const collect = (): void => {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
}

describe('reads that are remembered', () => {
  it('are read once until somebody writes to their topology', async () => {
    const { store, looks } = countingStore()
    const remembered = rememberReads(store)
    for (let time = 0; time < 3; time += 1) await remembered.findVersion('shop', 'latest')
    expect(looks()).toBe(1)
    await remembered.putTag('other', 'production', 1, by)
    await remembered.findVersion('shop', 'latest')
    expect(looks()).toBe(1)
    await remembered.putTag('shop', 'production', 1, by)
    expect((await remembered.findVersion('shop', 'latest'))?.number).toBe(2)
  })

  it('are let go of once a later reading stands in their place', async () => {
    const remembered = rememberReads(countingStore().store)
    const before = new WeakRef((await remembered.findVersion('shop', 'latest')) ?? {})
    await remembered.putTag('shop', 'production', 1, by)
    await remembered.findVersion('shop', 'latest')
    await new Promise((resume) => setTimeout(resume, 10))
    collect()
    expect(before.deref()).toBeUndefined()
  })
})
