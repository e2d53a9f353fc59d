import { describe, expect, it } from 'vitest'
import { answerFrom } from '#engine/analysis/answer/answer-from'
import { traceCall } from '#engine/analysis/trace-call'
import { ask, assumed, at, cluster, deployment, istio, type Manifest, naked, service, topology } from './asking.js'

const ledger = [deployment('bank/ledger'), service('bank/ledger')]
const strict = istio('PeerAuthentication', 'bank/default', { mtls: { mode: 'STRICT' } })
const mesh = (...extra: readonly Manifest[]) =>
  topology([cluster('west', [deployment('shop/web'), deployment('shop/bare', naked), ...extra])])
const call = (...extra: readonly Manifest[]) => ask(mesh(...extra), 'west/shop/web', 'ledger.bank')
const narrow = istio('Sidecar', 'shop/default', { egress: [{ hosts: ['./*'] }] })
const allow = (source: Manifest) => istio('AuthorizationPolicy', 'bank/allow', { rules: [{ from: [{ source }] }] })

describe('the sentence of an answer names what somebody has to change', () => {
  it('not only the server that rejects plaintext, but the Sidecar that made it plaintext (VIS-31)', () => {
    const { summary } = call(...ledger, strict, narrow)
    expect(summary).toContain('the Sidecar `shop/default` does not import')
    expect(summary).toContain('PeerAuthentication `bank/default` sets `STRICT` there')
  })

  it('and the annotation that keeps a call away from the proxy (ROUTE-33)', () => {
    const away = deployment('shop/away', {}, { 'traffic.sidecar.istio.io/excludeOutboundPorts': '80' })
    expect(ask(mesh(...ledger, strict, away), 'west/shop/away', 'ledger.bank').summary).toContain('excludeOutboundPorts')
  })

  it('whom a denying server sees (AUTHZ-17)', () => {
    expect(call(...ledger, allow({ namespaces: ['guests'] })).summary).toContain('the server sees `cluster.local/ns/shop/sa/web`')
  })

  it('or that it sees nobody (AUTHZ-14)', () => {
    const answer = ask(mesh(...ledger, allow({ namespaces: ['shop'] })), 'west/shop/bare', 'ledger.bank')
    expect(answer.summary).toContain('the caller has no identity there')
  })

  it('what an ExternalName stands for, where that has no address (DNS-2)', () => {
    const books = {
      ...service('shop/books'),
      spec: { type: 'ExternalName', externalName: 'nothing.bank.svc.cluster.local', ports: [{ port: 80 }] },
    }
    expect(ask(mesh(books), 'west/shop/web', 'books:80').summary).toContain('it stands for `nothing.bank.svc.cluster.local`')
  })

  it('the part that fails before the part that does not (FLOW-4)', () => {
    const http = [
      { match: [{ headers: { user: { prefix: 'j' } } }], route: [{ destination: { host: 'ledger' } }] },
      { directResponse: { status: 404 } },
    ]
    const { summary, conditions } = call(...ledger, istio('VirtualService', 'bank/ledger', { hosts: ['ledger'], http }))
    expect(summary).toContain('only under conditions: a request that no other route takes is UNREACHABLE')
    expect(conditions.map(({ code, message }) => `${code} ${message}`)).toContain(
      'REQUEST_DECIDES a request with header user starting with `j` is REACHABLE',
    )
  })
})

it('an UNDETERMINED answer tells what is missing, and not what is known besides (TRUST-5)', () => {
  const header = { network: 'n', remoteSecrets: ['east'] }
  const east = cluster('east', ledger, { network: 'n' })
  const both = topology([cluster('west', [deployment('shop/web'), ...ledger], header), east])
  const { verdict, summary } = ask(both, 'west/shop/web', 'ledger.bank')
  expect(verdict).toBe('UNDETERMINED')
  expect(summary).toMatch(/which is left open: whether proxies .* trust control plane `(west|east)` is unknown without/)
})

it('a caller that is told by its labels is named by them', () => {
  const from = { cluster: 'west', namespace: 'shop', labels: [{ name: 'app', value: 'web' }] }
  const trace = traceCall(mesh(...ledger), { from, to: { host: 'ledger.bank', port: 80 } }, at)
  if ('problem' in trace) throw new Error(trace.problem.message)
  expect(answerFrom(trace, { from, to: { host: 'ledger.bank', port: 80 } }).summary).toMatch(
    /^a workload of `west\/shop` with `app=web` can reach/,
  )
})

it.each(['shop', 'bank', 'istio-system'])('an EnvoyFilter of `%s` that does nothing to calls is not told of (ROUTE-15)', (place) => {
  expect(assumed(call(...ledger, istio('EnvoyFilter', `${place}/filter`, {})))).not.toContain('ENVOY_FILTER_NOT_MODELLED')
})

it('an AMBIGUOUS answer has the reason of the step that it depends on (AUTHZ-9)', () => {
  const rule = istio('DestinationRule', 'bank/ledger', {
    host: 'ledger',
    trafficPolicy: { tls: { mode: 'SIMPLE', caCertificates: '/etc/ca.pem' } },
  })
  const answer = call(deployment('bank/ledger'), service('bank/ledger', { ports: [{ name: 'tcp', port: 80, targetPort: 8080 }] }), rule)
  expect([answer.verdict, answer.reason]).toEqual(['AMBIGUOUS', 'OTHER_TLS_PASSED_ON'])
})
