import 'reflect-metadata'
import { createServer } from 'node:net'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAskApiServer } from '#collector/ask-api-server'
import { openKubeconfig } from '#collector/open-kubeconfig'
import { issueAuthority, type TestAuthority } from '../engine/certificates.js'
import { writeKubeconfig } from './kubeconfig.js'
import { type StandIn, startStandIn } from './stand-in.js'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const refuse = (exit: string, message: string): Error => new Error(`${exit}: ${message}`)

/** A certificate for 127.0.0.1 of an authority, with its key. */
async function serverCertificate(authority: TestAuthority): Promise<{ readonly key: string; readonly cert: string }> {
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: '0a',
    subject: 'CN=stand-in',
    issuer: authority.issuer.subject,
    notBefore: new Date('2020-01-01T00:00:00Z'),
    notAfter: new Date('2046-01-01T00:00:00Z'),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: authority.keys.privateKey,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }])],
  })
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  return { key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`, cert: certificate.toString('pem') }
}

describe('an API server over TLS', () => {
  let standIn: StandIn
  let own: TestAuthority
  beforeAll(async () => {
    own = await issueAuthority('Own')
    standIn = await startStandIn({ objects: [], tls: await serverCertificate(own), token: 'good' })
  })
  afterAll(() => standIn.close())

  const ask = async (context: { readonly token?: string; readonly ca?: string; readonly server?: string }) => {
    const file = writeKubeconfig({ west: { server: standIn.url, ...context } })
    const [opened] = await openKubeconfig({ paths: [file], as: 'STATED' }, ['west'], refuse)
    if (opened === undefined) throw new Error('no context')
    return createAskApiServer(opened, refuse)('/api/v1')
  }

  it('is asked with the authority and the token of the kubeconfig', async () => {
    expect((await ask({ ca: own.pem, token: 'good' })).status).toBe(200)
  })

  it('is not believed with a certificate of somebody else', async () => {
    const other = await issueAuthority('Other')
    await expect(ask({ ca: other.pem, token: 'good' })).rejects.toThrow('its certificate is not of the authority that the kubeconfig names')
    await expect(ask({ token: 'good' })).rejects.toThrow('its certificate is not of the authority')
  })

  it('refuses a token that it does not know', async () => {
    await expect(ask({ ca: own.pem, token: 'old' })).rejects.toThrow('forbidden: the API server')
  })

  it('is not to be had where nothing speaks TLS, or HTTP', async () => {
    const silent = createServer((socket) => socket.end('220 mail\r\n')).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    await expect(ask({ server: `https://127.0.0.1:${port}` })).rejects.toThrow('unreachable: the API server')
    await expect(ask({ server: `http://127.0.0.1:${port}` })).rejects.toThrow('unreachable: the API server')
    silent.close()
  })
})

describe('a kubeconfig', () => {
  it('of several files is one, and the first that says something counts', async () => {
    const files = [
      writeKubeconfig({ west: { server: 'http://127.0.0.1:1' } }),
      writeKubeconfig({ west: { server: 'http://127.0.0.1:2' }, east: { server: 'http://127.0.0.1:3' } }),
    ]
    const opened = await openKubeconfig({ paths: files, as: 'LISTED' }, ['west', 'east'], refuse)
    expect(opened.map(({ server }) => server)).toEqual(['http://127.0.0.1:1', 'http://127.0.0.1:3'])
    expect((await openKubeconfig({ paths: files, as: 'LISTED' }, [], refuse)).map(({ name }) => name)).toEqual(['west'])
  })

  it.each([
    ['ftp://127.0.0.1', 'has no address of an API server'],
    ['', 'cluster.server is missing'],
  ])('with the server %j is refused', async (server, message) => {
    await expect(openKubeconfig({ paths: [writeKubeconfig({ west: { server } })], as: 'STATED' }, [], refuse)).rejects.toThrow(message)
  })
})
