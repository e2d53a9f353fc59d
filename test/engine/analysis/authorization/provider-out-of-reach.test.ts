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
const oauth = (annotations: Manifest = {}) => service('other/oauth', {}, annotations)
const own = sidecar('shop/default', { egress: [{ hosts: ['./*'] }] })

function ask(objects: readonly Manifest[], settings: Manifest = {}) {
  const all = west(service('shop/web'), deployment('shop/web'), policy, ...objects)
  const snapshot = world({ clusters: { west: all }, meshConfig: { extensionProviders: [provider(settings)] } })
  return answerTo(snapshot, { from: { cluster: 'west', namespace: 'shop', workload: 'client' }, to: { host: 'web', port: 80 } })
}

describe('a provider that the server’s proxy cannot get to denies what the policy matches (AUTHZ-30)', () => {
  it.each([
    ['a Sidecar that does not import it', [oauth(), own], {}, 'the Sidecar `shop/default` does not import `oauth.other.svc.cluster.local`'],
    ['a service that is not exported to it', [oauth(exportedTo('.'))], {}, 'is exported only to `other`'],
    ['a port that the service does not declare', [oauth()], { port: 9000 }, 'of provider `oauth` has no port 9000'],
  ])('%s', (_why, objects, settings, told) => {
    const answer = ask(objects, settings)
    expect([answer.verdict, answer.reason]).toEqual(['UNREACHABLE', 'DENIED'])
    expect(answer.steps.find(({ stage }) => stage === 'AUTHORIZATION')?.message).toContain(told)
  })

  it('and leaves the decision open where it can, or where failures let requests in', () => {
    expect(ask([oauth()]).verdict).toBe('AMBIGUOUS')
    expect(ask([oauth(), own], { failOpen: true }).verdict).toBe('AMBIGUOUS')
    expect(ask([oauth()], { port: 9000, failOpen: true }).verdict).toBe('AMBIGUOUS')
  })
})
