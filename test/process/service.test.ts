import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFreePort, type ServiceProcess, startService } from '../house/service-process.js'
import { newDataDir } from '../store/new-data-dir.js'
import { run } from './run-to-end.js'

describe('the process', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'process-'))
  let service: ServiceProcess
  beforeAll(async () => {
    service = await startService([process.execPath, 'dist/main.js'], '.', { DATA_DIR: await newDataDir(join(scratch, 'held')) })
  }, 90_000)
  afterAll(async () => {
    await service?.stop()
    rmSync(scratch, { recursive: true, force: true })
  })

  it('says that it lives, that it is ready, and how it is doing', async () => {
    const [live, ready, metrics] = await Promise.all(['/livez', '/readyz', '/metrics'].map((path) => fetch(`${service.url}${path}`)))
    expect(live?.status).toBe(200)
    expect(await ready?.json()).toEqual({ ready: true, store: true, analysis: true, draining: false })
    const text = await metrics?.text()
    for (const name of [
      'sightline_http_request_duration_seconds',
      'sightline_analysis_waiting',
      'sightline_appends_total',
      'nodejs_eventloop_lag',
    ]) {
      expect(text).toContain(name)
    }
  })

  it('gives every answer headers that keep pages from loading anything from elsewhere', async () => {
    const { headers } = await fetch(`${service.url}/livez`)
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })

  it('refuses a data directory that another process holds, with exit code 78', async () => {
    const second = run('dist/main.js', { DATA_DIR: join(scratch, 'held'), PORT: String(await findFreePort()), LOG_LEVEL: 'warn' })
    expect(await second.ended).toBe(78)
    expect(second.output()).toContain(`in use by process ${service.child.pid}`)
    expect(second.output()).not.toMatch(/\n {4}at /)
  }, 60_000)

  it('refuses a data directory that it cannot write, with exit code 78 and a sentence', async () => {
    const refused = run('dist/main.js', { DATA_DIR: '/dev/null/data', PORT: '0', LOG_LEVEL: 'warn' })
    expect(await refused.ended).toBe(78)
    expect(refused.output().trim()).toMatch(
      /^sightline: the data directory `\/dev\/null\/data` cannot be used: there is a file in its place; [^\n]*$/,
    )
  }, 60_000)

  it('refuses a setting that it does not understand, and names it', async () => {
    const wrong = run('dist/main.js', { PORT: 'eighty', BODY_LIMIT: 'lots', DATA_DIR: join(scratch, 'unused') })
    expect(await wrong.ended).toBe(78)
    expect(wrong.output()).toContain('PORT does not accept `eighty`')
    expect(wrong.output()).toContain('BODY_LIMIT does not accept `lots`')
  }, 30_000)

  it('does not listen where others can reach it unless it is told who they are, or that anybody may come', async () => {
    const open = run('dist/main.js', { HOST: '0.0.0.0', PORT: '0', DATA_DIR: join(scratch, 'open') })
    expect(await open.ended).toBe(78)
    expect(open.output()).toMatch(/^sightline: HOST is `0\.0\.0\.0`, which others can reach.*INSECURE_OPEN=true\n$/)
  }, 30_000)

  it('says so when its port is taken', async () => {
    const { port } = new URL(service.url)
    const late = run('dist/main.js', { DATA_DIR: await newDataDir(join(scratch, 'late')), PORT: port, LOG_LEVEL: 'warn' })
    expect(await late.ended).toBe(70)
    expect(late.output()).toContain(`another process listens on 127.0.0.1:${port}`)
  }, 60_000)

  it('finishes what it has accepted when it is told to stop, and exits 0', async () => {
    const document = JSON.stringify({ apiVersion: 'sightline/v1', kind: 'Topology', clusters: [{ name: 'west', resources: [] }] })
    const append = fetch(`${service.url}/v1/topologies/last/versions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: document,
    })
    await new Promise((resume) => setTimeout(resume, 20))
    const [answer, code] = await Promise.all([append, service.stop()])
    expect(answer.status).toBe(201)
    expect(code).toBe(0)
  }, 60_000)
})
