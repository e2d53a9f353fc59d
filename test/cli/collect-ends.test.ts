import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { meshCluster } from '../collector/clusters.js'
import { writeKubeconfig } from '../collector/kubeconfig.js'
import { startStandIn, status } from '../collector/stand-in.js'
import { call, type Called } from './call.js'
import { closeAll, collectedOf, forbidden, start, turned } from './collecting.js'

const folder = mkdtempSync(join(tmpdir(), 'collect-'))
let kubeconfig: string

beforeAll(async () => {
  kubeconfig = writeKubeconfig({ 'admin@one': { server: (await start({ objects: meshCluster('west', undefined) })).url } })
})
afterAll(closeAll)

const collect = (...words: readonly string[]): Promise<Called> => call(['collect', '--kubeconfig', kubeconfig, ...words])

describe('collect ends with a sentence', () => {
  const ended = ({ code, err, out }: Called, exit: number, words: string): void => {
    expect(err).toContain(words)
    expect({ code, out }).toEqual({ code: exit, out: '' })
    expect(err.trim().split('\n').at(-1)).toMatch(/^sightline: /)
  }

  it.each<[string, readonly string[], string]>([
    ['no such kubeconfig', ['--kubeconfig', '/nowhere/config'], 'the kubeconfig `/nowhere/config` cannot be read: there is no such file'],
    ['a kubeconfig that is none', ['--kubeconfig', import.meta.filename], 'cannot be read'],
  ])('%s (2)', async (_, words, message) => {
    ended(await call(['collect', ...words, '--out', '-']), 2, message)
  })

  const kubeconfigOf = (user: unknown, more: Readonly<Record<string, unknown>> = {}): string => {
    const file = writeKubeconfig({ west: { server: 'http://127.0.0.1:1' } })
    const config = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>
    writeFileSync(file, JSON.stringify({ ...config, users: [{ name: 'west-user', user }], ...more }))
    return file
  }
  const withText = (text: string): string => {
    const file = join(mkdtempSync(join(tmpdir(), 'kubeconfig-')), 'config')
    writeFileSync(file, text)
    return file
  }
  const plugin = (command: string, ...args: readonly string[]) => ({
    exec: { apiVersion: 'client.authentication.k8s.io/v1', command, args, interactiveMode: 'Never' },
  })
  const login = 'context `west` cannot be used: '

  it.each<[string, () => string, number, string]>([
    ['an empty kubeconfig', () => withText('# nothing\n'), 2, '` has no contexts'],
    ['a kubeconfig that is a text', () => withText('hello'), 2, 'holds no `clusters`, `contexts` and `users`, as a kubeconfig does'],
    ['a directory as a kubeconfig', () => folder, 2, 'cannot be read: it is a directory'],
    [
      'a context without an entry',
      () => kubeconfigOf({}, { contexts: [{ name: 'x' }], 'current-context': 'x' }),
      2,
      'contexts[0].context is missing',
    ],
    ['a user that is not there', () => kubeconfigOf({}, { users: [] }), 2, 'context `west` names user `west-user`, which the kubeconfig'],
    ['a certificate that is not there', () => kubeconfigOf({ 'client-certificate': '/nowhere/c' }), 2, `${login}the file \`/nowhere/c\``],
    [
      'a plugin that is not there',
      () => kubeconfigOf(plugin('no-such-plugin')),
      2,
      `${login}the plugin \`no-such-plugin\`, by which user \`west-user\` logs in, is not installed here`,
    ],
    [
      'a plugin that fails',
      () => kubeconfigOf(plugin('sh', '-c', 'echo; echo log in first >&2; exit 3')),
      4,
      'the plugin `sh`, by which user `west-user` logs in, fails: log in first',
    ],
    ['a plugin that fails silently', () => kubeconfigOf(plugin('sh', '-c', 'exit 3')), 4, 'logs in, fails without a word'],
    ['a plugin that prints something else', () => kubeconfigOf(plugin('echo', 'hello')), 4, 'logs in, prints no credentials'],
    ['a plugin that prints an empty object', () => kubeconfigOf(plugin('echo', '{}')), 4, 'logs in, prints no credentials'],
  ])('%s', async (_, write, exit, message) => {
    const file = write()
    const called = await call(['collect', '--kubeconfig', file, '--out', '-'])
    ended(called, exit, message)
    if (exit === 2 && !message.startsWith('context') && !message.startsWith(login)) expect(called.err).toContain(file)
  })

  it('no kubeconfig of those that are listed or usual (2), and passes by one of several that is not there', async () => {
    const listed = (KUBECONFIG: string) => call(['collect', '--out', '-'], { environment: { KUBECONFIG } })
    ended(await listed('/nowhere/a:/nowhere/b'), 2, 'none of the kubeconfigs that KUBECONFIG names is there: `/nowhere/a`, `/nowhere/b`')
    ended(await call(['collect', '--out', '-'], { environment: { HOME: '/nowhere' } }), 2, 'there is no kubeconfig `/nowhere/.kube/config`')
    expect((await listed(`/nowhere/a:${kubeconfig}:/nowhere/b`)).code).toBe(0)
  })

  it('a place where nothing can be written (2), named as it was given, before anything is read', async () => {
    const { code, err } = await collect('--out', '/proc/nope')
    expect({ code, err }).toEqual({ code: 2, err: 'sightline: `/proc/nope` cannot be written: nothing can be written there\n' })
  })

  it('a server to push to that is not there (3), before anything is read', async () => {
    const gone = await startStandIn({ objects: [] })
    await gone.close()
    const { code, err } = await collect('--push', 'shop', '--server', gone.url)
    expect({ code, err }).toEqual({
      code: 3,
      err: `sightline: the server at ${gone.url} cannot be reached: nothing listens there\n`,
    })
  })

  it('an API server that is busy with everything (3), or lets nothing be read (4)', async () => {
    const broken = { status: 500, body: status(500, 'etcd is gone') }
    ended(await collectedOf([], (path) => (path.startsWith('/api') ? broken : undefined)), 3, 'gives nothing: it says 500 etcd is gone')
    const isList = (path: string): boolean => path.split('/').length > (path.startsWith('/apis') ? 4 : 3)
    ended(await turned((path) => (isList(path) ? forbidden : undefined)), 4, 'may read nothing of the cluster (forbidden)')
    ended(
      await turned((path) => (isList(path) ? forbidden : undefined), '--namespace', 'shop'),
      4,
      'may read nothing of the cluster (forbidden)',
    )
  })

  it('an unknown context (2)', async () => {
    ended(await collect('--context', 'nobody', '--out', '-'), 2, 'has no context `nobody`; it has `admin@one`')
  })

  it('an API server that is not there (3)', async () => {
    const file = writeKubeconfig({ gone: { server: 'http://127.0.0.1:1' } })
    ended(await call(['collect', '--kubeconfig', file, '--out', join(folder, 'gone')]), 3, 'cannot be reached: nothing listens there')
    expect(existsSync(join(folder, 'gone'))).toBe(false)
  })

  it('a page that is no API server’s (3)', async () => {
    const page = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>log in</h1>')).listen(
      0,
      '127.0.0.1',
    )
    await once(page, 'listening')
    const file = writeKubeconfig({ proxy: { server: `http://127.0.0.1:${(page.address() as AddressInfo).port}` } })
    ended(await call(['collect', '--kubeconfig', file, '--out', '-']), 3, 'does not answer as an API server does: 200 with `text/html`')
    page.close()
  })

  it('an expired token (4), also in the middle, and nothing is written', async () => {
    const late = await turned((path) => (path.endsWith('/sidecars') ? { status: 401, body: status(401, 'Unauthorized') } : undefined))
    ended(late, 4, 'does not take the credentials of user `west-user`: a token has expired or is not valid')
    expect(existsSync(late.directory)).toBe(false)
    const standIn = await start({ objects: [], token: 'good' })
    const file = writeKubeconfig({ west: { server: standIn.url, token: 'old' } })
    ended(await call(['collect', '--kubeconfig', file, '--out', '-']), 4, 'log in again')
  })
})
