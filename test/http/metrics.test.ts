import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFreePort, type ServiceProcess, startService } from '../house/service-process.js'
import { run } from '../process/run-to-end.js'
import { newDataDir } from '../store/new-data-dir.js'
import { requestOf, sendRaw } from './send-raw.js'

describe('a service with a listener for metrics', () => {
  let service: ServiceProcess
  let metrics: string
  const scratch = mkdtempSync(join(tmpdir(), 'metrics-'))
  beforeAll(async () => {
    const port = await findFreePort()
    metrics = `http://127.0.0.1:${port}`
    service = await startService([process.execPath, 'dist/main.js'], '.', { METRICS_PORT: String(port) })
  }, 90_000)
  afterAll(async () => {
    await service?.stop()
    rmSync(scratch, { recursive: true, force: true })
  })

  it('gives figures there, by any name, and nowhere else', async () => {
    const answer = await sendRaw(metrics, requestOf('GET /metrics', '10.1.2.3:9090'))
    expect({ status: answer.status, type: answer.headers['content-type'] }).toEqual({
      status: 200,
      type: expect.stringContaining('text/plain'),
    })
    expect(answer.body).toContain('sightline_http_request_duration_seconds')
    expect((await fetch(`${service.url}/metrics`)).status).toBe(404)
  })

  it('gives nothing else there', async () => {
    for (const path of ['/', '/livez', '/v1/topologies', '/graphql', '/docs']) {
      const answer = await fetch(`${metrics}${path}`)
      expect({ status: answer.status, type: answer.headers.get('content-type') }).toEqual({
        status: 404,
        type: 'application/problem+json; charset=utf-8',
      })
    }
    expect((await fetch(`${metrics}/metrics`, { method: 'POST' })).status).toBe(405)
  })

  it('says which of its ports another process has', async () => {
    const late = run('dist/main.js', {
      PORT: '0',
      METRICS_PORT: new URL(metrics).port,
      DATA_DIR: await newDataDir(join(scratch, 'late')),
      LOG_LEVEL: 'warn',
    })
    expect(await late.ended).toBe(70)
    expect(late.output()).toContain('choose another METRICS_PORT')
  }, 60_000)
})
