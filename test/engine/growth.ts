import { expect } from 'vitest'

/** Milliseconds of the processor that it takes to be answered. */
export async function processorTime(ask: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  const answer = await ask()
  const { user, system } = process.cpuUsage(before)
  expect(answer).toHaveProperty('value')
  return (user + system) / 1000
}

/** Eight times as many take about eight times as long where each is looked at once, and 64 times where each is held against all others. */
export async function growsAsItsInput(few: number, timeOf: (count: number) => Promise<number>): Promise<void> {
  await timeOf(few / 2)
  const short = Math.min(await timeOf(few), await timeOf(few))
  // Garbage may be collected in one try, not in all.
  let growth = Number.POSITIVE_INFINITY
  for (let tries = 0; tries < 4 && growth >= most; tries += 1) growth = Math.min(growth, (await timeOf(8 * few)) / short)
  expect(growth).toBeLessThan(most)
}

const most = 24
