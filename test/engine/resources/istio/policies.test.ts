import { describe, expect, it } from 'vitest'
import { readOne, unreadPaths } from '../read-one.js'

const security = (kind: string, spec: string, metadata = '{}') =>
  readOne('security.istio.io', kind, `{ metadata: ${metadata}, spec: ${spec} }`)
const authorization = (spec: string, metadata?: string) =>
  security('AuthorizationPolicy', spec, metadata).authorizationPolicies.get('n')?.[0]
const peer = (spec: string) => security('PeerAuthentication', spec).peerAuthentications.get('n')?.[0]

describe('an AuthorizationPolicy', () => {
  it('of which nothing is said allows nothing, for every workload (AUTHZ-7)', () => {
    expect(authorization('{}')).toEqual({ meta: expect.anything(), action: 'ALLOW', targetRefs: [], rules: [], dryRun: false })
  })

  it('with an empty rule holds one that asks for nothing (AUTHZ-7)', () => {
    expect(authorization('{ rules: [{}] }')?.rules).toEqual([{ from: [], to: [], when: [] }])
  })

  it.each([
    ['true', true],
    ['True', true],
    ['1', true],
    ['t', true],
    ['tRue', false],
    ['yes', false],
    ['', false],
    ['false', false],
  ])('is tried out only where the annotation says %o (AUTHZ-31)', (value, expected) => {
    expect(authorization('{}', `{ annotations: { istio.io/dry-run: "${value}" } }`)?.dryRun).toBe(expected)
  })

  it('is bound to a list of targets before the single one (AUTHZ-4)', () => {
    const one = '{ group: gateway.networking.k8s.io, kind: Gateway, name: one }'
    const targets = (spec: string) => authorization(spec)?.targetRefs.map(({ name }) => name)
    expect(targets(`{ targetRef: ${one} }`)).toEqual(['one'])
    expect(targets(`{ targetRef: ${one}, targetRefs: [{ kind: Service, name: two }] }`)).toEqual(['two'])
    expect(targets('{ targetRefs: [] }')).toEqual([])
  })

  it('keeps what is asked and what is forbidden apart', () => {
    const rule = authorization(
      '{ action: DENY, rules: [{ from: [{ source: { principals: [p], notNamespaces: [m] } }], to: [{ operation: { ports: ["80"], notPaths: [/a] } }], when: [{ key: k, notValues: [v] }] }] }',
    )?.rules[0]
    expect(rule?.from[0]).toMatchObject({ principals: ['p'], notPrincipals: [], namespaces: [], notNamespaces: ['m'] })
    expect(rule?.to[0]).toMatchObject({ ports: ['80'], notPorts: [], paths: [], notPaths: ['/a'] })
    expect(rule?.when).toEqual([{ key: 'k', values: [], notValues: ['v'] }])
  })

  it.each([
    ['a port that is a number', '{ rules: [{ to: [{ operation: { ports: [80] } }] }] }', 'spec.rules[0].to[0].operation.ports'],
    ['a source that is a list', '{ rules: [{ from: [{ source: [] }] }] }', 'spec.rules[0].from[0].source'],
    ['an action that nobody knows', '{ action: allow }', 'spec.action'],
    ['a selector that is text', '{ selector: app }', 'spec.selector'],
  ])('notes %s', (_, spec, path) => expect(unreadPaths(security('AuthorizationPolicy', spec))).toEqual([path]))

  it('never turns an action that it cannot read into one that allows (AUTHZ-5)', () => {
    expect(authorization('{ action: allow }')?.action).toBe('UNKNOWN')
    expect(authorization('{ action: "" }')?.action).toBe('ALLOW')
  })
})

describe('a PeerAuthentication', () => {
  it.each([
    ['{}', 'UNSET'],
    ['{ mtls: {} }', 'UNSET'],
    ['{ mtls: { mode: STRICT } }', 'STRICT'],
    ['{ mtls: { mode: null } }', 'UNSET'],
  ])('of %s is %s (TLS-1)', (spec, mode) => expect(peer(spec)).toMatchObject({ mode, portModes: {} }))

  it('has modes of ports beside its own, and one without a mode is unset', () => {
    expect(peer('{ mtls: { mode: STRICT }, portLevelMtls: { "8080": { mode: DISABLE }, "9090": {} } }')).toMatchObject({
      mode: 'STRICT',
      portModes: { 8080: 'DISABLE', 9090: 'UNSET' },
    })
  })

  it.each([
    ['{ mtls: { mode: strict } }', 'spec.mtls.mode'],
    ['{ mtls: STRICT }', 'spec.mtls'],
    ['{ portLevelMtls: { http: { mode: DISABLE } } }', 'spec.portLevelMtls.http'],
    ['{ portLevelMtls: { "-1": {} } }', 'spec.portLevelMtls.-1'],
    ['{ portLevelMtls: { "80": DISABLE } }', 'spec.portLevelMtls.80'],
  ])('that says %s is noted at %s', (spec, path) => expect(unreadPaths(security('PeerAuthentication', spec))).toEqual([path]))
})

describe('a RequestAuthentication', () => {
  it('takes tokens from headers, whose names have no case, parameters and cookies (AUTHZ-21)', () => {
    const read = security(
      'RequestAuthentication',
      '{ jwtRules: [{ issuer: i, fromHeaders: [{ name: X-Token, prefix: "Key " }], fromParams: [t], fromCookies: [c], outputPayloadToHeader: X-All, outputClaimToHeaders: [{ header: X-Sub, claim: sub }], forwardOriginalToken: true }, {}] }',
    )
    expect(read.requestAuthentications.get('n')?.[0]?.jwtRules).toEqual([
      {
        issuer: 'i',
        audiences: [],
        fetchesKeys: false,
        fromHeaders: [{ name: 'x-token', prefix: 'Key ' }],
        fromParams: ['t'],
        fromCookies: ['c'],
        outputHeaders: [
          { name: 'x-all', claim: undefined },
          { name: 'x-sub', claim: 'sub' },
        ],
        forwards: true,
      },
      {
        issuer: '',
        audiences: [],
        fetchesKeys: false,
        fromHeaders: [],
        fromParams: [],
        fromCookies: [],
        outputHeaders: [],
        forwards: false,
      },
    ])
    expect(unreadPaths(security('RequestAuthentication', '{ jwtRules: { issuer: i } }'))).toEqual(['spec.jwtRules'])
  })
})
