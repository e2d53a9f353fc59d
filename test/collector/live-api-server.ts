import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateKeyPairSync } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { findFreePort } from '../house/service-process.js'

/** A real kube-apiserver with an etcd of its own, on loopback. */
export interface LiveApiServer {
  readonly url: string
  readonly ca: string
  /** As an administrator: a JSON body under a path; a status that is no success throws. */
  send(method: 'POST' | 'PATCH', path: string, body: unknown): Promise<void>
  stop(): Promise<void>
}

export const adminToken = 'admin-token'
/** Of the service account that `sightline collect --rbac` creates. */
export const readerToken = 'reader-token'

const programs = {
  apiServer: process.env['TEST_ASSET_KUBE_APISERVER'] ?? '/usr/local/kubebuilder/bin/kube-apiserver',
  etcd: process.env['TEST_ASSET_ETCD'] ?? '/usr/local/kubebuilder/bin/etcd',
}

/** Why none can be started here, if so. */
export function whyNoApiServer(): string | undefined {
  const missing = Object.values(programs).filter((path) => !isProgram(path))
  return missing.length === 0 ? undefined : `${missing.join(' and ')} not found: TEST_ASSET_KUBE_APISERVER and TEST_ASSET_ETCD name them`
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

export async function startLiveApiServer(): Promise<LiveApiServer> {
  const folder = mkdtempSync(join(tmpdir(), 'api-server-'))
  const [client, peer, port] = [await findFreePort(), await findFreePort(), await findFreePort()]
  const etcdUrl = `http://127.0.0.1:${client}`
  const etcd = start(folder, programs.etcd, [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${etcdUrl}`,
    `--advertise-client-urls=${etcdUrl}`,
    `--listen-peer-urls=http://127.0.0.1:${peer}`,
  ])
  const api = start(folder, programs.apiServer, [`--etcd-servers=${etcdUrl}`, `--secure-port=${port}`, ...settings(folder)])
  const stop = async (): Promise<void> => {
    for (const child of [api, etcd]) await end(child)
    rmSync(folder, { recursive: true, force: true })
  }
  const url = `https://127.0.0.1:${port}`
  try {
    const ca = await readyAt(url, join(folder, 'certs', 'apiserver.crt'), api)
    return { url, ca, stop, send: (method, path, body) => sendAs(ca, method, `${url}${path}`, body) }
  } catch (error) {
    await stop()
    throw error
  }
}

function settings(folder: string): readonly string[] {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  writeFileSync(join(folder, 'sa.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }))
  writeFileSync(join(folder, 'sa.pub'), publicKey.export({ type: 'spki', format: 'pem' }))
  const reader = 'system:serviceaccount:sightline:sightline-collect'
  writeFileSync(join(folder, 'tokens.csv'), `${adminToken},admin,1,"system:masters"\n${readerToken},${reader},2\n`)
  return [
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--cert-dir=${join(folder, 'certs')}`,
    `--service-account-key-file=${join(folder, 'sa.pub')}`,
    `--service-account-signing-key-file=${join(folder, 'sa.key')}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--token-auth-file=${join(folder, 'tokens.csv')}`,
    '--authorization-mode=RBAC',
    '--service-cluster-ip-range=10.255.0.0/24',
    '--disable-admission-plugins=ServiceAccount',
    '--endpoint-reconciler-type=none',
  ]
}

function start(folder: string, program: string, words: readonly string[]): ChildProcess {
  const log = openSync(join(folder, 'log'), 'a')
  return spawn(program, words, { stdio: ['ignore', log, log] })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

async function readyAt(url: string, certificate: string, api: ChildProcess): Promise<string> {
  for (let tries = 0; tries < 240; tries += 1) {
    if (api.exitCode !== null) throw new Error(`the API server ended with ${api.exitCode}`)
    await wait(500)
    try {
      const ca = readFileSync(certificate, 'utf8')
      await sendAs(ca, 'GET', `${url}/readyz`)
      return ca
    } catch {
      // Not yet.
    }
  }
  throw new Error('the API server is not ready after two minutes')
}

function sendAs(ca: string, method: string, url: string, body?: unknown): Promise<void> {
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
  const headers = { authorization: `Bearer ${adminToken}`, ...(body === undefined ? {} : { 'content-type': type }) }
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, ca, headers, agent: false }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      answer.on('end', () => {
        if ((answer.statusCode ?? 500) < 300) resolve()
        else reject(new Error(`${method} ${url}: ${answer.statusCode} ${text.slice(0, 300)}`))
      })
    })
    sent.on('error', reject)
    sent.end(body === undefined ? undefined : JSON.stringify(body))
  })
}
