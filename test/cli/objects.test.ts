import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Report } from '#engine/model/report'
import { call } from './call.js'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sightline-objects-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

const at = (path: string): string => join(directory, path)

const write = (path: string, text: string): string => {
  mkdirSync(dirname(at(path)), { recursive: true })
  writeFileSync(at(path), text)
  return at(path)
}

const deployment = (name: string, namespace = 'shop'): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { selector: { matchLabels: { app: ${name} } }, template: { metadata: { labels: { app: ${name} } } } }\n`

const service = (name: string, namespace = 'shop'): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { selector: { app: ${name} }, ports: [{ port: 9080 }] }\n`

/** A client and a server, without a mesh. */
const shop = [deployment('client'), deployment('reviews'), service('reviews')].join('---\n')

const trace = (...words: readonly string[]) => call(['trace', ...words, '--to', 'reviews:9080'])
const granted = (rest: string): string => `sightline: taken for granted: ${rest}, everything else as its objects say\n`
const usual = granted('one cluster, `default` (`--cluster` says otherwise)')

describe('Kubernetes objects without a topology document', () => {
  it('are asked as a directory, and what was taken for granted is one line', async () => {
    write('app/shop.yaml', shop)
    const { code, out, err } = await trace(at('.'), '--from', 'shop/client')
    expect([code, err]).toEqual([0, usual])
    expect(out).toMatch(/^REACHABLE {2}`shop\/client` can reach `reviews:9080`/)
    expect(out).toContain(`(${at('app/shop.yaml')}:`)
  })

  it('are asked as files, several of them, and mixed with a List in JSON', async () => {
    const items = [{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'client', namespace: 'shop' }, spec: { template: {} } }]
    const first = write('client.json', JSON.stringify({ apiVersion: 'v1', kind: 'List', items }))
    const second = write('reviews.txt', [deployment('reviews'), service('reviews')].join('---\n'))
    const { code, err } = await trace(first, second, '--cluster', 'west', '--from', 'shop/client')
    expect([code, err]).toEqual([0, granted('one cluster, `west`')])
  })

  it('are several clusters where each says where it is', async () => {
    const west = write('w/client.yaml', deployment('client'))
    const both = [deployment('reviews'), service('reviews')].join('---\n')
    write('e/reviews.yaml', both)
    const words = ['--cluster', `west=${west}`, '--cluster', `east=${at('e')}`]
    const { code, out, err } = await trace(...words, '--from', 'west/shop/client')
    expect(code).toBe(1)
    expect(out).toMatch(/^UNREACHABLE/)
    expect(err).toBe('sightline: taken for granted: clusters `west`, `east` as stated, everything else as their objects say\n')
    expect(JSON.parse((await call(['validate', ...words, '--format', 'json'])).out)).toMatchObject({
      counts: { clusters: 2, Deployment: 2 },
    })
  })

  it('that hold none are refused, with what each file is instead', async () => {
    write('values.yaml', 'a: 1\n')
    write('README.md', '# shop\n')
    const { code, out, err } = await call(['validate', at('.')])
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('there are no Kubernetes objects in these files')
    expect(err).toContain(`${at('values.yaml')}: values of Helm charts`)
  })

  it('that are not even files are refused', async () => {
    expect(await call(['validate', at('.')])).toMatchObject({ code: 2, err: `sightline: there are no files in \`${at('.')}\`\n` })
  })

  it('that are nowhere are said to be nowhere', async () => {
    for (const words of [[at('none')], ['--cluster', `west=${at('none')}`]])
      expect(await call(['validate', ...words])).toMatchObject({
        code: 2,
        err: `sightline: there is no file or directory \`${at('none')}\`\n`,
      })
  })
})

describe('a whole repository', () => {
  const files = {
    'README.md': '# shop\n',
    '.github/workflows/ci.yaml': 'on: push\n',
    'docker-compose.yml': 'services: {}\n',
    'base/kustomization.yaml': 'resources: [shop.yaml]\n',
    'base/shop.yaml': shop,
    'overlays/prod/kustomization.yaml': 'resources: [../../base]\npatches: [{ path: more.yaml }]\n',
    'overlays/prod/more.yaml': deployment('reviews').replace('spec: {', 'spec: { replicas: 3,'),
    'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    'charts/web/values.yaml': 'image: web\n',
    'charts/web/templates/web.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\n',
  }

  it('is refused for none of its files, and lists what was left out', async () => {
    for (const [path, text] of Object.entries(files)) write(path, text)
    symlinkSync('/etc/hostname', at('hostname.yaml'))
    const { code, out, err } = await call(['validate', at('.'), '--format', 'json'])
    const report = JSON.parse(out) as Report
    expect([code, report.verdict, report.findings]).toEqual([0, 'PASS', []])
    expect(report.counts).toMatchObject({ Deployment: 2, Service: 1 })
    expect(report.leftOut?.map(({ reason, count }) => [reason, count])).toEqual([
      ['OTHER_FORMAT', 1],
      ['KUSTOMIZATION', 2],
      ['KUSTOMIZE_PATCH', 1],
      ['CHART', 1],
      ['HELM_VALUES', 1],
      ['HELM_TEMPLATE', 1],
      ['COMPOSE', 1],
      ['CI', 1],
      ['LINK', 1],
    ])
    expect(err).toBe(usual.replace('\n', '; 10 files left out (`sightline validate` lists them)\n'))
    const text = await call(['validate', at('.')])
    expect(text.out).toContain(`  1 file   values of Helm charts\n      ${at('charts/web/values.yaml')}\n`)
  })

  it('with links inside is told of each file once, and of each link that leads nowhere', async () => {
    write('base/a.yaml', service('"${NAME}"'))
    write('base/kustomization.yaml', 'resources: [a.yaml]\n')
    write('base/README.md', '# a\n')
    write('shop.yaml', shop)
    symlinkSync('base', at('alias'))
    symlinkSync('a.yaml', at('base/b.yaml'))
    symlinkSync('nowhere.yaml', at('base/gone.yaml'))
    const { findings, leftOut } = JSON.parse((await call(['validate', at('.'), '--format', 'json'])).out) as Report
    expect(findings.filter(({ code }) => code === 'PLACEHOLDER').map(({ source }) => source?.file)).toEqual([at('base/a.yaml')])
    expect(leftOut?.map(({ reason, files: named }) => [reason, named])).toEqual([
      ['OTHER_FORMAT', [at('base/README.md')]],
      ['KUSTOMIZATION', [at('base/kustomization.yaml')]],
      ['LINK', [at('base/gone.yaml')]],
    ])
  })

  it('with objects that differ under one name is refused where that is asked for, as its help says', async () => {
    write('a.yaml', service('reviews'))
    write('b.yaml', service('reviews').replace('9080', '9081'))
    expect((await call(['validate', at('.')])).code).toBe(1)
    const strict = await call(['validate', at('.'), '--strict'])
    expect([strict.code, strict.out]).toEqual([2, ''])
    expect(strict.err).toContain('and, differently, at')
    expect((await call(['validate', '--help'])).out).toMatch(
      /--strict\s+refuse everything when a file is broken, or objects of one name differ/,
    )
  })

  it('with a stream in which not all are objects is asked for those that are, and counts the others', async () => {
    const file = write('shop.yaml', `${shop}---\nreplicas: 2\n---\nimage: web\n`)
    const asked = await trace(file, '--from', 'shop/client')
    expect([asked.code, asked.err]).toEqual([0, usual.replace('\n', '; 2 documents left out (`sightline validate` lists them)\n')])
    const { out } = await call(['validate', file, '--strict'])
    expect(out).toContain(`  2 documents  parts of a stream that are no Kubernetes objects\n      ${file}:`)
  })

  it('with a broken manifest is asked without it, and says so; or refused, where that is asked for', async () => {
    write('shop.yaml', shop)
    const broken = write('broken.yaml', 'apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n name: b\n')
    const lenient = await trace(at('.'), '--from', 'shop/client')
    expect(lenient.code).toBe(0)
    expect(lenient.err).toContain(`1 fault passed over, the first in ${broken}:5 (\`--strict\` refuses)`)
    const report = JSON.parse((await call(['validate', at('.'), '--format', 'json'])).out) as Report
    expect(report).toMatchObject({
      verdict: 'FAIL',
      findings: [{ code: 'OBJECT_BROKEN', source: { file: broken, line: 5 } }, { code: 'REF104' }],
    })
    write('policy.yaml', 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: deny\n  namespace: shop\n spec: {}\n')
    const open = await trace(at('.'), '--from', 'shop/client')
    expect([open.code, open.out.includes('UNDETERMINED')]).toEqual([1, true])
    expect(open.out).toContain(
      `NetworkPolicy.networking.k8s.io objects of namespace \`shop\` in cluster \`default\` could not be read (broken in ${at('policy.yaml')})`,
    )
    const strict = await trace(at('.'), '--from', 'shop/client', '--strict')
    expect([strict.code, strict.out]).toEqual([2, ''])
    expect(strict.err).toContain(`${broken}:5:`)
  })
})

describe('whose objects they are is stated once', () => {
  it.each([
    [['--cluster', 'west', '--cluster', 'east', 'x'], 'of several clusters each is written `--cluster NAME=PATH`'],
    [['--cluster', 'west=x', '--cluster', 'east'], '`--cluster` is given as `NAME` and as `NAME=PATH`'],
    [['--cluster', 'west=x', 'y'], '`y` is in no cluster'],
    [['--cluster', '=x'], "a cluster's name has 1 to 253 letters"],
    [['--cluster', 'west='], 'states no PATH'],
    [[], 'PATH is missing'],
  ])('%j', async (words, message) => {
    const { code, err } = await call(['validate', ...words])
    expect(code).toBe(2)
    expect(err).toContain(message)
  })

  it('and a document states its own', async () => {
    write('topology.yaml', 'apiVersion: sightline/v1\nkind: Topology\nclusters: [{ name: west }]\n')
    const other = write('shop.yaml', shop)
    const named = await call(['validate', directory, '--cluster', 'east'])
    expect([named.code, named.err.includes('which names its own')]).toEqual([2, true])
    const both = await call(['validate', directory, other])
    expect([both.code, both.err.includes('is a topology document, which is asked alone')]).toEqual([2, true])
    expect(await call(['validate', at('topology.yaml')])).toMatchObject({ code: 0, err: '' })
  })

  it('and one that cannot be read, and lacks its version, is told by the line, whatever versions its objects have', async () => {
    const inline = '      - { apiVersion: v1, kind: Service, metadata: { name: a }\n'
    for (const head of ['kind: Topology\n', '']) {
      write('topology.yaml', `${head}clusters:\n  - name: west\n    resources:\n${inline}`)
      const { code, err } = await call(['validate', directory])
      expect(code).toBe(2)
      expect(err).toContain('the `{` is not closed')
      expect(err).toMatch(/topology\.yaml:\d+:\d+: /)
    }
  })

  it('and a file that is named, and cannot be read, is told by the line, whatever it was meant to be', async () => {
    const { code, err } = await call(['validate', write('shop.yaml', 'apiVersion v1\nkind: Service\n  metadata: { name: a }\n')])
    expect(code).toBe(2)
    expect(err).toMatch(/shop\.yaml:\d+:\d+: /)
  })

  it('and a file of that name that is none is one of the objects', async () => {
    write('topology.yaml', shop)
    expect(await trace(directory, '--from', 'shop/client')).toMatchObject({ code: 0, err: usual })
  })
})

describe('a source without its cluster', () => {
  const clustered = (name: string): string =>
    write(
      'topology.yaml',
      `apiVersion: sightline/v1\nkind: Topology\nclusters:\n  - name: ${name}\n    resources:\n${shop
        .split('---\n')
        .map((one) => `      - ${one.trimEnd().replaceAll('\n', '\n        ')}\n`)
        .join('')}`,
    )

  it.each([
    ['shop/client', 'shop/client'],
    ['west/shop/client', 'shop/client'],
    ['shop/Deployment/client', 'shop/Deployment/client'],
    ['{"namespace":"shop","workload":"client"}', 'shop/client'],
  ])('is in the only one: %s', async (from, told) => {
    const { code, out } = await trace(clustered('west'), '--from', from)
    expect(code).toBe(0)
    expect(out.split('\n')[0]).toContain(`\`${told}\``)
  })

  it('is a whole namespace where nothing else is named', async () => {
    for (const from of ['shop', 'west/shop', 'west/shop/*'])
      expect((await trace(clustered('west'), '--from', from)).out.split('\n')[0], from).toContain('reach `reviews:9080`')
  })

  it('that may be read in two ways is refused, with both ways to write it', async () => {
    const { code, out, err } = await trace(clustered('shop'), '--from', 'shop/client')
    expect([code, out]).toEqual([2, ''])
    expect(err).toBe(
      'sightline: `--from shop/client` may be read in two ways, as `shop` is a cluster and a namespace: write `shop/shop/client` for `client` of namespace `shop`, or `shop/client/*` for every workload of namespace `client`\n',
    )
    expect((await trace(clustered('shop'), '--from', 'shop/shop/client')).code).toBe(0)
  })

  it('is asked for it where there are several', async () => {
    const words = ['--cluster', `west=${write('w.yaml', shop)}`, '--cluster', `east=${write('e.yaml', shop)}`]
    const { code, err } = await trace(...words, '--from', 'shop/client')
    expect(code).toBe(2)
    expect(err).toContain('`--from shop/client` names no cluster, and there are 2: write `east/shop/client`, `west/shop/client`')
  })

  it('is an identity as well', async () => {
    const ask = (client: string) => call(['trust', clustered('west'), '--client', client, '--server', 'shop/reviews'])
    expect(await ask('shop/client')).toEqual(await ask('west/shop/client'))
    expect((await ask('shop/client')).err).not.toContain('it is written')
  })
})
