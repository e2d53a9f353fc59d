import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { startChild } from './child.js'
import { startPostgres } from './postgres-server.js'

const rounds = 10

/**
 * Starts a process that appends, kills it some milliseconds after its first acknowledgement, and again. Each finds, and
 * checks whole, all that the one before had acknowledged, and at most one more: the append that was under way.
 */
async function killWhileAppending(place: string): Promise<number> {
  let acknowledged = 0
  let before = 0
  for (let round = 0; round <= rounds; round++) {
    // The last one checks every version from the first on, the others those of the round before them.
    const child = await startChild('./appender.ts', place, round === rounds ? '1' : `${before + 1}`)
    try {
      before = acknowledged
      const found = Number((await child.line())?.replace('FOUND ', ''))
      expect(found, `round ${round}: 0 or 1 more than the ${acknowledged} acknowledged`).toBeOneOf([acknowledged, acknowledged + 1])
      acknowledged = Number(await child.line())
      expect(acknowledged).toBe(found + 1)
      // A different moment in each round: within the first append, or some appends later.
      setTimeout(() => child.signal('SIGKILL'), 14 * round)
      for (let line = await child.line(); line !== undefined; line = await child.line()) acknowledged = Number(line)
    } finally {
      child.signal('SIGKILL')
      await child.ended()
    }
  }
  return acknowledged
}

describe(`kill -9 during appends, ${rounds} times`, () => {
  const scratch = mkdtempSync(join(tmpdir(), 'durability-'))
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))

  it('loses no acknowledged version and leaves none half there, on the embedded database', async () => {
    expect(await killWhileAppending(join(scratch, 'data'))).toBeGreaterThan(rounds)
  }, 300_000)

  it('loses no acknowledged version and leaves none half there, on a Postgres server', async ({ skip }) => {
    const server = await startPostgres()
    if (!server) return skip('no Postgres server')
    try {
      expect(await killWhileAppending(await server.database())).toBeGreaterThan(rounds)
    } finally {
      await server.stop()
    }
  }, 300_000)
})
