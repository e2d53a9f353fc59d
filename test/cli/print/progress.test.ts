import { describe, expect, it } from 'vitest'
import { createProgressBar } from '#cli/print/progress'

const barOn = (isTTY: boolean) => {
  let [now, written] = [0, '']
  const stream = { isTTY, write: (text: string) => ((written += text), true) }
  const bar = createProgressBar(stream as never, () => now)
  return { bar, after: (ms: number) => (now += ms), seen: () => written }
}

describe('progress', () => {
  it('is shown on a terminal once it takes a while, and taken away again', () => {
    const { bar, after, seen } = barOn(true)
    bar.watch(0, 0)
    expect(seen()).toBe('')
    after(500)
    bar.watch(0, 0)
    bar.watch(15, 30)
    expect(seen()).toContain('reading')
    expect(seen()).toContain(`[${'#'.repeat(15)}${' '.repeat(15)}] 15 of 30 checks`)
    bar.clear()
    expect(seen().endsWith('\r\u001b[2K')).toBe(true)
  })

  it('is not shown in a pipe', () => {
    const { bar, after, seen } = barOn(false)
    bar.watch(0, 0)
    after(5000)
    bar.watch(1, 2)
    bar.clear()
    expect(seen()).toBe('')
  })
})
