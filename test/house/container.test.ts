import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { load } from 'js-yaml'
import { afterAll, describe, expect, it } from 'vitest'
import { Environment, readConfig } from '#config'
import { playDockerfile, readDockerfile } from './dockerfile.js'
import { requestOf, sendRaw } from '../http/send-raw.js'
import { newDataDir } from '../store/new-data-dir.js'
import { startService } from './service-process.js'

interface Compose {
  readonly services: Readonly<
    Record<
      string,
      {
        readonly environment: Readonly<Record<string, string>>
        readonly image?: string
        readonly ports?: string[]
        readonly volumes?: string[]
      }
    >
  >
  readonly volumes: Readonly<Record<string, unknown>>
}

const compose = load(readFileSync('docker-compose.yml', 'utf8')) as Compose
const dockerfile = readDockerfile(readFileSync('Dockerfile', 'utf8'))
const settings = Object.keys(Environment.properties)

/** `${NAME:-preset}` as compose fills it in when NAME is not set. */
const filledIn = (value: string): string => value.replaceAll(/\$\{\w+:?-([^}]*)\}/g, '$1')
const serviceEnvironment = Object.fromEntries(
  Object.entries(compose.services['sightline']?.environment ?? {}).map(([name, value]) => [name, filledIn(value)]),
)
/** The command of an instruction, as the image's runtime has it. */
const commandOf = (wanted: string): readonly string[] => {
  const text = dockerfile.find(({ name }) => name === wanted)?.text ?? ''
  return JSON.parse(text.slice(text.indexOf('['))) as string[]
}
const imageEnvironment = Object.fromEntries(
  dockerfile
    .filter(({ name }) => name === 'ENV')
    .flatMap(({ text }) => text.split(/\s+/).map((pair) => pair.split('=') as [string, string])),
)

describe('the container', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'container-'))
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))

  it('is given only variables that the configuration knows', () => {
    const given = Object.keys({ ...imageEnvironment, ...serviceEnvironment })
    expect(given.length).toBeGreaterThan(4)
    // NODE_ENV is read by libraries, the others by the C library, not by us.
    const ofOthers = ['NODE_ENV', 'MALLOC_ARENA_MAX', 'MALLOC_TRIM_THRESHOLD_']
    expect(given.filter((name) => !settings.includes(name) && !ofOthers.includes(name))).toEqual([])
  })

  it('keeps little of what was freed, in few arenas', () => {
    expect(imageEnvironment).toMatchObject({ MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072' })
  })

  it('is given values that the configuration accepts', () => {
    expect(readConfig({ ...imageEnvironment, INSECURE_OPEN: 'true' })).toMatchObject({ config: { HOST: '0.0.0.0', GRAPHIQL: false } })
    expect(readConfig({ ...imageEnvironment, ...serviceEnvironment })).toMatchObject({
      config: { PORT: 8080, GRAPHIQL: true },
    })
  })

  it('starts open to everybody only where that is said', () => {
    expect(readConfig(imageEnvironment)).toMatchObject({ problems: [expect.stringContaining('INSECURE_OPEN=true')], refused: true })
    expect(readConfig({ ...imageEnvironment, ...serviceEnvironment })).toMatchObject({ config: { AUTH: 'token' } })
    const open = { ...imageEnvironment, ...serviceEnvironment, ADMIN_TOKEN_FILE: '', INSECURE_OPEN: 'true' }
    expect(readConfig(open)).toMatchObject({ config: { AUTH: 'none' } })
  })

  it('keeps data where the image has a volume, and does not run as root', () => {
    const those = (wanted: string): readonly string[] => dockerfile.filter(({ name }) => name === wanted).map(({ text }) => text)
    expect(those('VOLUME')).toEqual([imageEnvironment['DATA_DIR']])
    expect(those('USER')).toEqual(['node'])
    expect(those('EXPOSE')).toEqual([imageEnvironment['PORT']])
  })

  it('reaches the Postgres server that stands beside it, and is published on loopback only', () => {
    const { username, password, hostname, pathname } = new URL(serviceEnvironment['DATABASE_URL'] as string)
    const server = compose.services[hostname]
    expect({ POSTGRES_USER: username, POSTGRES_PASSWORD: password, POSTGRES_DB: pathname.slice(1) }).toEqual(
      Object.fromEntries(Object.entries(server?.environment ?? {}).map(([name, value]) => [name, filledIn(value)])),
    )
    expect(server?.volumes?.map((volume) => volume.split(':')[0])).toEqual(Object.keys(compose.volumes))
    expect(compose.services['sightline']?.ports).toEqual([`127.0.0.1:8080:${serviceEnvironment['PORT']}`])
  })

  it('is healthy where it listens on every interface and is called by none of its names', async () => {
    const [node, ...args] = commandOf('CMD')
    const [, ...probe] = commandOf('HEALTHCHECK')
    expect({ node, HOST: imageEnvironment['HOST'] }).toEqual({ node: 'node', HOST: '0.0.0.0' })
    const environment = {
      ...imageEnvironment,
      DATA_DIR: await newDataDir(join(scratch, 'data')),
      ADMIN_TOKEN_FILE: join(scratch, 'first-token'),
    }
    const service = await startService([process.execPath, ...args], '.', environment)
    const env = { ...environment, PORT: new URL(service.url).port }
    expect(spawnSync(process.execPath, probe, { env, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
    const probed = await sendRaw(service.url, requestOf('GET /readyz', '10.1.2.3:8080'))
    const rebound = await sendRaw(service.url, requestOf('GET /v1/topologies', 'rebound.example:8080'))
    expect([probed.status, rebound.status]).toEqual([200, 421])
    await service.stop()
    expect(spawnSync(process.execPath, probe, { env }).status).toBe(1)
  }, 90_000)

  it('is built, is healthy and stops when told to, by the commands of its Dockerfile', async () => {
    const stage = playDockerfile(resolve('.'), scratch)
    const [node, ...args] = stage.command
    expect(node).toBe('node')
    const service = await startService([process.execPath, ...args], stage.directory, {
      ...stage.environment,
      ADMIN_TOKEN_FILE: join(scratch, 'admin-token'),
    })
    const env = { ...stage.environment, PORT: new URL(service.url).port }
    const health = spawnSync(process.execPath, stage.health.slice(1), { env, encoding: 'utf8' })
    expect(health).toMatchObject({ status: 0, stderr: '' })
    const list = (authorization?: string) =>
      fetch(`${service.url}/v1/topologies`, authorization === undefined ? {} : { headers: { authorization } })
    expect((await list()).status).toBe(401)
    expect((await list(`Bearer ${readFileSync(join(scratch, 'admin-token'), 'utf8').trim()}`)).status).toBe(200)
    expect(await service.stop()).toBe(0)
    const unhealthy = spawnSync(process.execPath, stage.health.slice(1), { env })
    expect(unhealthy.status).toBe(1)
    const installed = execFileSync('npm', ['ls', '--depth=0', '--omit=dev', '--omit=optional', '--parseable'], {
      cwd: stage.directory,
      encoding: 'utf8',
    })
    expect(installed).not.toMatch(/node_modules\/(vitest|prisma|vite|typescript)$/m)
  }, 400_000)
})
