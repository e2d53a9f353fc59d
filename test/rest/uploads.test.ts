import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Report } from '#engine/model/report'
import { type OpenService, openService } from './open-service.js'
import { problemOf } from './problem-of.js'

let service: OpenService
let folder: string
beforeAll(async () => {
  service = await openService({ BODY_LIMIT: String(1024 * 1024) })
  folder = mkdtempSync(join(tmpdir(), 'sightline-upload-'))
  mkdirSync(join(folder, 'west'))
  writeFileSync(
    join(folder, 'topology.yaml'),
    'apiVersion: sightline/v1\nkind: Topology\nclusters: [{ name: west, resources: [{ include: west/*.yaml }] }]\n',
  )
  writeFileSync(join(folder, 'west/shop.yaml'), service1)
  writeFileSync(join(folder, 'README.md'), '# not an object\n')
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await service.close()
})

const service1 = 'apiVersion: v1\nkind: Service\nmetadata: { name: cart, namespace: shop }\nspec: { ports: [{ port: 80 }] }\n'

const tar = (...words: readonly string[]): Buffer => execFileSync('tar', ['-c', '-C', folder, ...words])
const post = (type: string, body: Buffer | string, address = '/v1/validate') => service.http.post(address).type(type).send(body)

describe('an archive', () => {
  it.each([
    ['of a document and what it includes', () => tar('topology.yaml', 'west'), 'application/x-tar'],
    ['packed with gzip', () => gzipSync(tar('topology.yaml', 'west')), 'application/gzip'],
    ['whose paths begin with a dot', () => tar('.'), 'application/x-tar'],
    [
      'in the one directory that repositories put around it',
      () => tar('--transform', 's,^,shop-3f2a/,', 'topology.yaml', 'west'),
      'application/x-tar',
    ],
    ['as pax writes it', () => tar('--format=pax', 'topology.yaml', 'west'), 'application/x-tar'],
  ])('%s is one document', async (_what, archive, type) => {
    const { status, body } = await post(type, archive())
    expect(status).toBe(200)
    expect((body as Report).counts).toMatchObject({ clusters: 1, Service: 1 })
  })

  it('without a document is the objects of one cluster, and says what it leaves out', async () => {
    const { body } = await service.http
      .post('/v1/validate')
      .query({ cluster: 'east' })
      .type('application/x-tar')
      .send(tar('west', 'README.md'))
    expect(body).toMatchObject({ counts: { clusters: 1, Service: 1 }, leftOut: [{ reason: 'OTHER_FORMAT', files: ['README.md'] }] })
  })

  it('keeps long names, and tells the file and line of what it holds', async () => {
    const long = `${'a'.repeat(90)}/${'b'.repeat(90)}.yaml`
    mkdirSync(join(folder, 'a'.repeat(90)))
    writeFileSync(join(folder, long), '\nkind: Service\nmetadata: [\n')
    for (const format of ['gnu', 'pax', 'ustar']) {
      const problem = problemOf(await post('application/x-tar', tar(`--format=${format}`, long)), 422, 'DOCUMENT_INVALID')
      expect(problem.errors?.[0], format).toMatchObject({ source: { file: long } })
    }
    rmSync(join(folder, 'a'.repeat(90)), { recursive: true })
  })

  it('does not follow links', async () => {
    symlinkSync('/etc/passwd', join(folder, 'west/link.yaml'))
    const { body } = await post('application/x-tar', tar('west'))
    rmSync(join(folder, 'west/link.yaml'))
    expect(body).toMatchObject({ counts: { Service: 1 }, leftOut: [{ reason: 'LINK', files: ['west/link.yaml'] }] })
  })

  it.each([
    ['leads upwards', () => tar('--transform', 's,^west,../../west,', '-P', 'west'), 'PATH_REFUSED'],
    ['is absolute', () => tar('--transform', 's,^west,/west,', '-P', 'west'), 'PATH_REFUSED'],
    ['ends in the middle of a file', () => tar('topology.yaml').subarray(0, 600), 'ARCHIVE_BROKEN'],
    ['is none', () => Buffer.from('x'.repeat(2000)), 'ARCHIVE_BROKEN'],
    ['is gzip of nothing known', () => Buffer.from([0x1f, 0x8b, 1, 2, 3]), 'ARCHIVE_BROKEN'],
    ['holds nothing', () => Buffer.alloc(1024), 'DOCUMENT_MISSING'],
  ])('that %s is refused', async (_what, archive, code) => {
    const problem = problemOf(await post('application/x-tar', archive()), 422, 'DOCUMENT_INVALID')
    expect(problem.errors?.[0]).toMatchObject({ code })
  })

  it('that unpacks to more than may be sent is refused, however small it is', async () => {
    const packed = gzipSync(Buffer.alloc(64 * 1024 * 1024))
    expect(packed.length).toBeLessThan(1024 * 1024)
    problemOf(await post('application/gzip', packed), 413, 'BODY_TOO_LARGE')
  })

  it('is a version like any other, and no entry of one cluster', async () => {
    const { status, body } = await post('application/gzip', gzipSync(tar('topology.yaml', 'west')), '/v1/topologies/archived/versions')
    expect([status, (body as { number: number }).number]).toEqual([201, 1])
    const put = await service.http.put('/v1/topologies/archived/clusters/east').type('application/x-tar').send(tar('west'))
    problemOf(put, 415, 'MEDIA_TYPE_UNSUPPORTED')
  })
})

describe('a form', () => {
  const topologyOf = (resources: string) =>
    `apiVersion: sightline/v1\nkind: Topology\nclusters: [{ name: west, resources: ${resources} }]\n`
  const document = topologyOf('[{ include: "west/**" }]')
  const fileAt = (path: string, body: string) =>
    `--x\r\nContent-Disposition: form-data; name="file"; filename="${path}"\r\nContent-Type: text/yaml\r\n\r\n${body}\r\n`
  const visible = (name: string) =>
    JSON.stringify([{ name, from: { proxy: { cluster: 'west', namespace: 'shop' } }, to: { host: 'cart' }, visible: true }])

  it('of a document and files is what it includes', async () => {
    const { status, body } = await post(
      'multipart/form-data; boundary=x',
      `${fileAt('west/shop.yaml', service1)}--x\r\ncontent-disposition: form-data; name=document\r\n\r\n${document}\r\n--x--\r\n`,
    )
    expect([status, (body as Report).counts]).toMatchObject([200, { Service: 1 }])
  })

  it('of files alone is the objects of one cluster, held to the assertions beside them', async () => {
    const { body } = await service.http
      .post('/v1/validate?cluster=west')
      .attach('file', Buffer.from(service1), 'a.yaml')
      .attach('assertions', Buffer.from(visible('cart is seen')), 'assertions.json')
    expect(body).toMatchObject({ counts: { Service: 1 }, assertions: [{ name: 'cart is seen' }] })
  })

  it('whose assertions cannot be read is refused with their place', async () => {
    const sent = await service.http
      .post('/v1/validate')
      .attach('document', Buffer.from(topologyOf('[]')), 'topology.yaml')
      .attach('assertions', Buffer.from('- name: x\n  form: "*"\n'), 'must.yaml')
    const { errors = [] } = problemOf(sent, 422, 'DOCUMENT_INVALID')
    expect(errors).toContainEqual(expect.objectContaining({ pointer: '#/0/form', source: { file: 'must.yaml', line: 2, column: 3 } }))
  })

  it.each([
    ['has a part that is not known', (form: ReturnType<typeof start>) => form.field('documnet', 'x'), 'PART_UNKNOWN'],
    ['has two documents', (form: ReturnType<typeof start>) => form.field('document', 'x').field('document', 'y'), 'PART_REPEATED'],
    ['has no file', (form: ReturnType<typeof start>) => form.field('assertions', '[]'), 'DOCUMENT_MISSING'],
  ])('that %s is refused', async (_what, fill, code) => {
    const { errors = [] } = problemOf(await fill(start()), 422, 'DOCUMENT_INVALID')
    expect(errors[0]).toMatchObject({ code })
  })

  it.each(['../x.yaml', '/x.yaml', 'C:\\\\x.yaml', 'a/../../x.yaml', ''])('with a file at `%s` is refused', async (path) => {
    const { errors = [] } = problemOf(
      await post('multipart/form-data; boundary=x', `${fileAt(path, service1)}--x--`),
      422,
      'DOCUMENT_INVALID',
    )
    expect(errors[0]).toMatchObject({ code: 'PATH_REFUSED' })
  })

  it('that is broken is refused', async () => {
    for (const body of ['', '--x', '--x\r\n', '--x\r\nContent-Disposition: form-data\r\n\r\nbody\r\n--x--', 'nothing']) {
      problemOf(await post('multipart/form-data; boundary=x', body), 422, 'DOCUMENT_INVALID')
    }
    problemOf(await post('multipart/form-data', '--x--'), 422, 'DOCUMENT_INVALID')
  })

  it('with assertions is no version: only its document’s own count', async () => {
    const sent = await service.http
      .post('/v1/topologies/formed/versions')
      .attach('document', Buffer.from(document), 'topology.yaml')
      .attach('assertions', Buffer.from('[]'), 'x.json')
    const { errors = [] } = problemOf(sent, 422, 'DOCUMENT_INVALID')
    expect(errors[0]).toMatchObject({ code: 'PART_UNKNOWN' })
  })

  const start = () => service.http.post('/v1/validate')
})
