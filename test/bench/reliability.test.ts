import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { newHistory } from '../../bench/reliability/appends.js'
import { ask, createToken } from '../../bench/reliability/ask.js'
import { compareWithHistory } from '../../bench/reliability/compare-with-history.js'
import { killUnderWrites } from '../../bench/reliability/kill-under-writes.js'
import { growth } from '../../bench/reliability/memory-samples.js'
import { senSlope } from '../../bench/reliability/sen-slope.js'
import { openService } from '../rest/open-service.js'
import { newDataDir } from '../store/new-data-dir.js'
import { startPostgres } from '../store/postgres-server.js'

const nothing = { lost: 0, gaps: 0, unexplained: 0, audit: 0, damaged: 0 }
const scratch = mkdtempSync(join(tmpdir(), 'reliability-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe('the service killed twice under writes with tokens', () => {
  const killTwice = async (replicas: number, environment: Readonly<Record<string, string>>): Promise<void> => {
    const own = mkdtempSync(join(scratch, 'kill-'))
    if (!('DATABASE_URL' in environment)) await newDataDir(join(own, 'data'))
    const report = await killUnderWrites({ replicas, kills: 2, scratch: own, environment })
    expect(report.differences).toEqual(nothing)
    expect(report.kills).toBe(2)
    expect(report.history.acknowledged.length).toBeGreaterThanOrEqual(10)
    // A service that starts again, or goes on, refuses nobody's append.
    expect([...report.history.refused]).toEqual([])
  }
  const onServer = async (replicas: number, skip: (why: string) => void): Promise<void> => {
    const server = await startPostgres()
    if (!server) return skip('no Postgres server')
    try {
      await killTwice(replicas, { DATABASE_URL: await server.database() })
    } finally {
      await server.stop()
    }
  }

  it('loses no acknowledged version, on the embedded store', () => killTwice(1, {}), 300_000)
  it('loses no acknowledged version, on a Postgres server', ({ skip }) => onServer(1, skip), 300_000)
  it('loses no acknowledged version, one of two replicas at a time', ({ skip }) => onServer(2, skip), 300_000)
})

describe('what is held against the history of writes', () => {
  it('tells of what was acknowledged and is not there, and of what nobody was told of', async () => {
    const adminFile = join(scratch, 'admin')
    const service = await openService({ ADMIN_TOKEN_FILE: adminFile })
    try {
      const port = Number(new URL(service.url).port)
      const admin = readFileSync(adminFile, 'utf8').trim()
      const [reader, writer] = [await createToken(port, admin, ['read']), await createToken(port, admin, ['write'])]
      const body = JSON.stringify({ apiVersion: 'sightline/v1', kind: 'Topology', clusters: [{ name: 'west', resources: [] }] })
      const appended = await ask(port, { method: 'POST', path: '/v1/topologies/north/versions', token: writer, body })
      const { contentHash } = JSON.parse(appended.text) as { readonly contentHash: string }
      const compare = (...acknowledged: { topology: string; number: number; contentHash: string }[]) =>
        compareWithHistory(port, { reader, admin }, { ...newHistory(), acknowledged })
      const stored = { topology: 'north', number: 1, contentHash }
      expect(await compare(stored)).toEqual(nothing)
      expect(await compare(stored, { ...stored, number: 2 })).toEqual({ ...nothing, lost: 1 })
      expect(await compare({ ...stored, contentHash: 'sha256:other' })).toEqual({ ...nothing, lost: 1, unexplained: 1 })
      expect(await compare()).toEqual({ ...nothing, unexplained: 1 })
    } finally {
      await service.close()
    }
  })
})

describe('growth', () => {
  const steps = (count: number, at: (x: number) => number) => Array.from({ length: count }, (_, x) => [x, at(x)] as const)

  it('is the middle slope between all points, whatever single ones say', () => {
    expect(senSlope(steps(12, (x) => 5 + 2 * x))).toEqual({ slope: 2, least: 2, most: 2, alike: 0 })
    // Of 66 slopes the point that is far away has a part in 11: the middle one is that of all others.
    expect(senSlope(steps(12, (x) => (x === 4 ? 900 : 5 + 2 * x))).slope).toBe(2)
  })

  it('has an interval by ranks', () => {
    // Ten points up and down by 3 about a slope of 1: of 45 slopes, 1.96 times the root of 10 * 9 * 25 / 18, that is 21.9, lie within: the ranks 11 and 33.
    const points = steps(10, (x) => x + (x % 2 === 0 ? 3 : 0))
    const slopes = points
      .flatMap(([x, y], index) => points.slice(index + 1).map(([x2, y2]) => (y2 - y) / (x2 - x)))
      .toSorted((a, b) => a - b)
    expect(senSlope(points)).toEqual({ slope: slopes[22], least: slopes[11], most: slopes[33], alike: 0 })
  })

  it('is told with a wider interval where points are like those before them', () => {
    const wander = (x: number): number => x + (Math.floor(x / 5) % 2 === 0 ? 3 : 0)
    const upAndDown = (x: number): number => x + (x % 2 === 0 ? 3 : 0)
    const width = ({ least, most }: { readonly least: number; readonly most: number }): number => most - least
    expect(senSlope(steps(30, wander)).alike).toBeGreaterThan(0.4)
    expect(width(senSlope(steps(30, wander)))).toBeGreaterThan(2 * width(senSlope(steps(30, upAndDown))))
  })

  it('looks at the least of each minute, from one minute on, and counts by the hour', () => {
    const samples = [0, 1, 2, 3, 4].flatMap((minute) => [[minute, 100 + minute] as const, [minute + 0.5, 900] as const])
    expect(growth([[0, 0], ...samples], 1).slope).toBeCloseTo(60)
  })
})
