import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppendAnswer } from '#engine/model/stored/stored-version'
import type { Report } from '#engine/model/report'
import type { ServiceVisibility } from '#engine/model/visibility'
import { findFreePort } from '../house/service-process.js'
import { type OpenService, openService } from '../rest/open-service.js'
import { scenariosIn } from '../golden/scenario.js'
import { call } from './call.js'
import { writeShop } from './shop.js'

const folder = writeShop()
let service: OpenService
let at: readonly string[]
beforeAll(async () => {
  service = await openService()
  at = ['--server', service.url]
})
afterAll(async () => {
  await service?.close()
  rmSync(folder, { recursive: true })
})

const json = <T>({ out }: { readonly out: string }): T => JSON.parse(out) as T
const push = async (path: string, topology: string, ...more: readonly string[]) =>
  call(['push', path, '--topology', topology, ...at, ...more])

describe('push', () => {
  it('appends a version, and says so when nothing changed', async () => {
    const first = await push(folder, 'pushed', '--message', 'for a & b', '--author', 'ann')
    expect(first).toMatchObject({ code: 0, err: '' })
    expect(first.out).toMatch(/^APPENDED {2}pushed@1 {2}sha256:[0-9a-f]{64}\n/)
    expect((await push(folder, 'pushed')).out).toMatch(/^UNCHANGED {2}pushed@1 /)
    const { body } = await service.http.get('/v1/topologies/pushed/versions/1')
    expect(body).toMatchObject({ message: 'for a & b', author: 'ann' })
  })

  it('removes secrets before anything is sent, and tells which, with file and line', async () => {
    const bodies: string[] = []
    const proxy = createServer((request, response) => {
      request.setEncoding('utf8').on('data', (chunk: string) => bodies.push(chunk))
      request.on('end', () => response.writeHead(500).end())
    }).listen(0, '127.0.0.1')
    await once(proxy, 'listening')
    const { code } = await call([
      'push',
      folder,
      '--topology',
      'spied',
      '--server',
      `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    ])
    proxy.close()
    expect(code).toBe(3)
    expect(bodies.join('')).toContain('"name":"reviews"')
    expect(bodies.join('')).not.toContain('kept-by-nobody')
    const { warnings } = json<AppendAnswer>(await push(folder, 'told', '--format', 'json'))
    expect(warnings).toMatchObject([{ code: 'SECRET_REMOVED', source: { file: 'topology.yaml', line: 22 } }])
  })

  it('of one cluster’s objects is refused where other clusters would be gone, and says how to replace one', async () => {
    const objects = mkdtempSync(join(tmpdir(), 'push-objects-'))
    writeFileSync(join(objects, 'a.yaml'), 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n')
    const both = ['--cluster', `west=${objects}`, '--cluster', `east=${objects}`]
    expect((await call(['push', ...both, '--topology', 'several', ...at])).code).toBe(0)
    for (const words of [
      [objects, '--cluster', 'west'],
      ['--cluster', `west=${objects}`],
    ]) {
      const { code, out, err } = await call(['push', ...words, '--topology', 'several', ...at])
      expect([code, out]).toEqual([2, ''])
      expect(err).toContain('`several` has other clusters, which would be gone: `east`')
      expect(err).toContain('`PUT /v1/topologies/several/clusters/west` replaces one cluster')
    }
  })

  it('rehearses without storing', async () => {
    expect((await push(folder, 'rehearsed', '--dry-run')).out).toMatch(/^WOULD APPEND {2}rehearsed@1 /)
    expect((await call(['validate', 'rehearsed', ...at])).code).toBe(2)
  })

  it('ends with 5 when the topology has moved on from the expected version', async () => {
    expect((await push(folder, 'expected', '--expect', '0')).code).toBe(0)
    const late = await push('examples/single-cluster', 'expected', '--expect', '0')
    expect(late).toMatchObject({ code: 5, out: '' })
    expect(late.err).toContain('the newest version of `expected` is 1')
    expect((await push('examples/single-cluster', 'expected', '--expect', '1')).code).toBe(0)
  })

  it.each(scenariosIn('examples').map(({ name, folder: path }) => [name, path] as const))(
    'sends %s as what it is: the server reads the same content',
    async (name, path) => {
      const sent = json<AppendAnswer>(await push(path, name, '--format', 'json'))
      const direct = await service.http
        .post(`/v1/topologies/${name}/versions`)
        .type('application/yaml')
        .send(readFileSync(join(path, 'topology.yaml'), 'utf8'))
      expect(direct.body).toMatchObject({ unchanged: true, contentHash: sent.contentHash })
    },
  )
})

describe('export', () => {
  beforeAll(async () => void (await push(folder, 'exported')))

  it('prints the document as YAML, which pushed again changes nothing', async () => {
    const { code, out } = await call(['export', 'exported', ...at])
    expect(code).toBe(0)
    expect(out).toMatch(/^apiVersion: sightline\/v1$/m)
    const again = writeShop(out)
    expect((await push(again, 'exported')).out).toMatch(/^UNCHANGED/)
    rmSync(again, { recursive: true })
  })

  it('prints it as JSON', async () => {
    const { out } = await call(['export', 'exported@1', '--format', 'json', ...at])
    expect(JSON.parse(out)).toMatchObject({ kind: 'Topology', clusters: [{ name: 'west' }] })
  })

  it('ends with 2 for a version that is not there', async () => {
    expect(await call(['export', 'exported@7', ...at])).toMatchObject({ code: 2, out: '' })
    expect((await call(['export', 'nothing', ...at])).err).toContain('there is no topology `nothing`')
  })
})

/** A server knows where objects begin, and of their fields no more than that. */
const withoutFieldLines = (answer: string): unknown =>
  JSON.parse(answer, (_key, held: unknown) =>
    held !== null && typeof held === 'object' && 'path' in held && held.path !== null ? { ...held, source: null } : held,
  )

describe('a question to a server', () => {
  const questions: readonly (readonly [string, ...string[]])[] = [
    ['trace', '--from', 'west/shop/client', '--to', 'reviews:9080'],
    ['trace', '--from', 'west/shop/client', '--to', 'empty'],
    ['visible', '--from', 'west/shop/client', '--endpoints'],
    ['visible', '--from', 'west/shop/client', '--host', 'private.example'],
    ['trust', '--client', 'west/shop/client', '--server', 'west/shop/reviews'],
    ['proxy-config', '--from', 'west/shop/client'],
    ['proxy-config'],
  ]
  beforeAll(async () => void (await push(folder, 'asked')))

  it.each(questions.map((words) => [words.join(' '), words] as const))(
    '%s is answered as from files, places of objects included',
    async (_words, [command, ...flags]) => {
      const there = await call([command, 'asked@1', ...flags, ...at, '--format', 'json'])
      const here = await call([command, folder, ...flags, '--format', 'json'])
      expect(there.code).toBe(here.code)
      expect(withoutFieldLines(there.out)).toEqual(withoutFieldLines(here.out))
    },
  )

  it('names the file and line that the user has', async () => {
    const { out } = await call(['trace', 'asked', '--from', 'west/shop/client', '--to', 'empty', ...at])
    expect(out).toContain('Service shop/empty at spec.selector (topology.yaml:17)')
  })

  it('names the files of whoever pushed last, though nothing else changed, and those of the header', async () => {
    const here = mkdtempSync(join(tmpdir(), 'sightline-places-'))
    mkdirSync(join(here, 'west'))
    const header =
      'apiVersion: sightline/v1\nkind: Topology\nclusters:\n  - name: west\n    controlPlane: { role: REMOTE, managedBy: nobody }\n'
    const client =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: client, namespace: shop }\nspec: { selector: {}, template: {} }\n'
    const file = (above: string, path: string, include: string): void => {
      writeFileSync(join(here, 'topology.yaml'), `${above}${header}    resources: [{ include: ${include} }]\n`)
      writeFileSync(
        join(here, path),
        `${above}apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: {}\n---\n${client}`,
      )
    }
    const asked = async (): Promise<unknown> => {
      const { out } = await call(['trace', 'moved', '--from', 'west/shop/client', '--to', 'web', ...at, '--format', 'json'])
      const refs = json<{ steps: { because: { kind: string; source: unknown }[] }[] }>({ out }).steps.flatMap(({ because }) => because)
      return refs.find(({ kind }) => kind === 'Service')?.source
    }
    const reported = async (): Promise<unknown> => {
      const { findings } = json<Report>(await call(['validate', 'moved', ...at, '--format', 'json']))
      return findings.find(({ resource }) => resource?.kind === 'Cluster')?.source
    }
    file('', 'west/web.yaml', 'west/*.yaml')
    await push(here, 'moved')
    expect([await asked(), await reported()]).toEqual([
      { file: 'west/web.yaml', line: 1 },
      { file: 'topology.yaml', line: 4 },
    ])
    rmSync(join(here, 'west/web.yaml'))
    file('#\n#\n', 'west/shop.yaml', 'west/shop.yaml')
    expect((await push(here, 'moved')).out).toMatch(/^UNCHANGED {2}moved@1 /)
    expect([await asked(), await reported()]).toEqual([
      { file: 'west/shop.yaml', line: 3 },
      { file: 'topology.yaml', line: 6 },
    ])
    rmSync(here, { recursive: true })
  })

  it('gets its report', async () => {
    expect((await call(['validate', 'asked', ...at])).code).toBe(0)
  })

  it('gets all pages of what is seen and of what is hidden', async () => {
    const many = Array.from({ length: 130 }, (_, index) => [
      `{ apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: { name: open-${index}, namespace: other }, spec: { hosts: [open-${index}.example], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: DNS } }`,
      `{ apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: { name: shut-${index}, namespace: other }, spec: { hosts: [shut-${index}.example], exportTo: ['.'], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: DNS } }`,
    ]).flat()
    const client =
      '{ apiVersion: apps/v1, kind: Deployment, metadata: { name: client, namespace: shop }, spec: { template: { metadata: { labels: { app: client, sidecar.istio.io/inject: "true" } }, spec: {} } } }'
    const large = writeShop(
      `apiVersion: sightline/v1\nkind: Topology\nclusters:\n  - name: west\n    controlPlane: { role: PRIMARY }\n    resources:\n${[client, ...many].map((one) => `      - ${one}\n`).join('')}`,
    )
    await push(large, 'large')
    const from = ['--from', 'west/shop/client', '--format', 'json']
    const there = json<ServiceVisibility>(await call(['visible', 'large', ...from, ...at]))
    const here = json<ServiceVisibility>(await call(['visible', large, ...from]))
    rmSync(large, { recursive: true })
    for (const { services, hidden } of [there, here]) {
      expect(new Set(services.map(({ host }) => host)).size).toBe(130)
      expect(new Set(hidden.map(({ host }) => host)).size).toBe(130)
    }
    expect(there.hidden.map(({ host, reason }) => [host, reason])).toEqual(here.hidden.map(({ host, reason }) => [host, reason]))
  })

  it('about a workload that does not exist ends with 2 and names near ones', async () => {
    const { code, err } = await call(['trace', 'asked', '--from', 'west/shop/clint', '--to', 'reviews', ...at])
    expect(code).toBe(2)
    expect(err).toContain('did you mean `client`')
  })
})

describe('a server that', () => {
  const asked = ['validate', 'shop', '--server']

  it('is not there ends with 3', async () => {
    const { code, out, err } = await call([...asked, `http://127.0.0.1:${await findFreePort()}`])
    expect([code, out]).toEqual([3, ''])
    expect(err).toContain('cannot be reached: nothing listens there')
  })

  it('is not named is the one that this environment would start', async () => {
    const environment = { PORT: String(await findFreePort()) }
    expect((await call(['export', 'shop'], { environment })).err).toContain(`http://127.0.0.1:${environment.PORT} cannot be reached`)
    const { port } = new URL(service.url)
    expect(
      (await call(['push', folder, '--topology', 'found'], { environment: { PORT: port, HOST: '0.0.0.0', INSECURE_OPEN: 'true' } })).code,
    ).toBe(0)
  })

  it.each([
    ['asks who one is', 401, 4],
    ['does not allow it', 403, 4],
    ['is still busy with the same request', 409, 5],
    ['is no Sightline', 404, 3],
    ['has a fault', 500, 3],
    ['is too busy', 503, 3],
    ['answers with something else', 200, 3],
    ['sends elsewhere', 302, 3],
  ])('%s (%i) ends with %i', async (_what, status, exit) => {
    const other = createServer((_request, response) =>
      response.writeHead(status, { 'content-type': 'text/html', location: '/' }).end('<p>hello'),
    )
    other.listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { code, out, err } = await call([...asked, `http://127.0.0.1:${(other.address() as AddressInfo).port}`])
    other.close()
    expect([code, out]).toEqual([exit, ''])
    expect(err).toContain('the server at')
  })
})
