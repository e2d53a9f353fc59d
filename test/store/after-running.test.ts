import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { afterRunning } from '../../src/store/embedded/after-running.js'

const standStill = (milliseconds: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)

describe('a limit on how long one may run without an answer', () => {
  it('is over after that time', async () => {
    const since = performance.now()
    await new Promise<void>((resolve) => void afterRunning(150, resolve))
    expect(performance.now() - since).toBeGreaterThan(140)
  })

  it('is not used up by a time in which nothing ran', async () => {
    let over = false
    afterRunning(300, () => (over = true))
    standStill(600)
    await pause(20)
    expect(over).toBe(false)
    await expect.poll(() => over, { timeout: 20_000 }).toBe(true)
  })

  it('does nothing once it is called off', async () => {
    let over = false
    afterRunning(30, () => (over = true))()
    await pause(200)
    expect(over).toBe(false)
  })
})
