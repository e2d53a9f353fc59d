import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { identifyNobody } from '#access/identify'
import { buildApp } from '#app'
import { readConfig } from '#config'
import { createTelemetry } from '#telemetry'
import { createInProcessAnalyst } from '#analyst/in-process'
import type { Dependencies } from '#operations/dependencies'

/** None of these tests reads or writes what is stored. */
const untouched = {} as Dependencies['store']

type App = Awaited<ReturnType<typeof buildApp>>
const open: App[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((app) => app.close()))
})

async function appWith(environment: Record<string, string> = {}, draining = false): Promise<App> {
  const read = readConfig(environment)
  if ('problems' in read) throw new Error(read.problems.join())
  const app = await buildApp({
    config: read.config,
    telemetry: createTelemetry({ level: 'silent' }),
    identify: identifyNobody,
    store: { ...untouched, ping: () => Promise.resolve() },
    analyst: createInProcessAnalyst(),
    now: () => 0,
    isDraining: () => draining,
  })
  open.push(app)
  return app
}

describe('the service, wired', () => {
  it('is not ready any more once it was asked to stop', async () => {
    const app = await appWith({}, true)
    const answer = await app.inject('/readyz')
    expect(answer.statusCode).toBe(503)
    expect(answer.json()).toMatchObject({ ready: false, draining: true, store: true })
    expect((await app.inject('/livez')).statusCode).toBe(200)
  })

  it('lets pages of stated origins call it, and no others', async () => {
    const app = await appWith({ CORS_ORIGINS: 'https://mesh.example' })
    const from = (origin: string) => app.inject({ url: '/livez', headers: { origin } })
    expect((await from('https://mesh.example')).headers['access-control-allow-origin']).toBe('https://mesh.example')
    expect((await from('https://evil.example')).headers['access-control-allow-origin']).toBeUndefined()
  })

  it('serves GraphiQL only where it is wanted, and the REST reference always', async () => {
    const app = await appWith({ HOST: '0.0.0.0', INSECURE_OPEN: 'true' })
    expect((await app.inject('/graphiql')).statusCode).toBe(404)
    expect((await app.inject('/docs')).statusCode).toBe(200)
  })

  it.each([
    ['headers', 'POST /v1/validate HTTP/1.1\r\nHost: localhost\r\n'],
    ['body', 'POST /v1/validate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{'],
  ])('gives up on a client that does not finish its %s', async (_part, text) => {
    const app = await appWith({ REQUEST_TIMEOUT_MS: '500' })
    await app.listen({ host: '127.0.0.1', port: 0 })
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
    let answer = ''
    socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk))
    socket.write(text)
    await expect.poll(() => answer, { timeout: 5_000 }).toContain('408')
    socket.destroy()
  })

  it('refuses headers beyond 16 KiB', async () => {
    const app = await appWith()
    await app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = app.server.address() as AddressInfo
    const { status } = await fetch(`http://127.0.0.1:${port}/livez`, { headers: { 'x-long': 'x'.repeat(20_000) } })
    expect(status).toBe(431)
  })
})
