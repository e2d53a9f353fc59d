import { describe, expect, it } from 'vitest'
import { answerTo } from '../asking.js'
import { deployment, exportedTo, type Manifest, service, sidecar, west, world } from '../calling.js'

const policy: Manifest = {
  apiVersion: 'security.istio.io/v1',
  kind: 'AuthorizationPolicy',
  metadata: { name: 'ask', namespace: 'shop' },
  spec: { selector: { matchLabels: { app: 'web' } }, action: 'CUSTOM', provider: { name: 'oauth' }, rules: [{}] },
}
const provider = (more: Manifest = {}) => ({
  name: 'oauth',
  envoyExtAuthzGrpc: { service: 'oauth.other.svc.cluster.local', port: 80, ...more },
})
const overHttp = (more: Manifest = {}) => ({
  name: 'oauth',
  envoyExtAuthzHttp: { service: 'oauth.other.svc.cluster.local', port: 80, ...more },
})
const oauth = (annotations: Manifest = {}) => service('other/oauth', {}, annotations)
const pods = deployment('other/oauth')
const own = sidecar('shop/default', { egress: [{ hosts: ['./*'] }] })

/** `web` is at a port of HTTP and at one of TCP. */
function ask(objects: readonly Manifest[], settings: Manifest = {}, { port = 80, http = false } = {}) {
  const ports = [
    { name: 'http', port: 80 },
    { name: 'tcp', port: 9000 },
  ]
  const all = west(service('shop/web', { ports }), deployment('shop/web'), policy, ...objects)
  const snapshot = world({ clusters: { west: all }, meshConfig: { extensionProviders: [http ? overHttp(settings) : provider(settings)] } })
  return answerTo(snapshot, { from: { cluster: 'west', namespace: 'shop', workload: 'client' }, to: { host: 'web', port } })
}

const outOfReach: readonly (readonly [string, readonly Manifest[], Manifest, string])[] = [
  [
    'a Sidecar that does not import it',
    [oauth(), pods, own],
    {},
    'the Sidecar `shop/default` does not import `oauth.other.svc.cluster.local`',
  ],
  ['a service that is not exported to it', [oauth(exportedTo('.')), pods], {}, 'is exported only to `other`'],
  ['a port that the service does not declare', [oauth(), pods], { port: 9000 }, 'of provider `oauth` has no port 9000'],
  ['a service without endpoints', [oauth()], {}, 'of provider `oauth` has no endpoints at port 80'],
]

describe('a provider that the server’s proxy cannot get to (AUTHZ-30)', () => {
  it.each(outOfReach)('denies what the policy matches: %s', (_why, objects, settings, told) => {
    const answer = ask(objects, settings)
    expect([answer.verdict, answer.reason]).toEqual(['UNREACHABLE', 'DENIED'])
    const step = answer.steps.find(({ stage }) => stage === 'AUTHORIZATION')
    expect(step?.message).toContain(told)
    expect(step?.because.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['AuthorizationPolicy ask', 'Service oauth'])
    expect(ask(objects, settings, { port: 9000 }).verdict).toBe('UNREACHABLE')
  })

  it.each(outOfReach)('lets it in where failures do: %s', (_why, objects, settings) => {
    for (const port of [80, 9000]) expect(ask(objects, { ...settings, failOpen: true }, { port }).verdict).toBe('REACHABLE')
  })

  it.each(outOfReach)('has no say over connections where it speaks HTTP: %s', (_why, objects, settings) => {
    expect(ask(objects, settings, { http: true }).verdict).toBe('UNREACHABLE')
    expect(ask(objects, settings, { http: true, port: 9000 }).verdict).toBe('REACHABLE')
  })

  it('decides where it can be got to', () => {
    expect(ask([oauth(), pods]).verdict).toBe('AMBIGUOUS')
    expect(ask([oauth(), pods], { failOpen: true }).verdict).toBe('AMBIGUOUS')
  })

  it('denies connections too where the registry does not know it, whatever it speaks and however it fails', () => {
    for (const http of [true, false])
      for (const port of [80, 9000]) expect(ask([], { failOpen: true }, { http, port }).verdict).toBe('UNREACHABLE')
  })
})
