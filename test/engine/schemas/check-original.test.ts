import { anything, assert, constantFrom, property, record } from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkOriginal } from '#engine/schemas/check-original'
import { loadRules, loadSchemas } from '#engine/schemas/load-schemas'
import type { CheckRules } from '#engine/schemas/cel/cel-rules'
import type { SchemaKinds } from '#engine/schemas/schema'

const metadata = { name: 'x', namespace: 'shop' }
let kinds: SchemaKinds
let checkRules: CheckRules
beforeAll(async () => {
  kinds = await loadSchemas()
  checkRules = await loadRules()
})

const faultsOf = (apiVersion: string, kind: string, rest: object): readonly string[] | undefined => {
  const object = { apiVersion, kind, metadata, ...rest }
  const checked = checkOriginal(kinds, object)
  const valid = checked?.faults.every((fault) => fault.kind === 'UNKNOWN_FIELD') === true
  const broken = valid && checked.schema !== undefined ? checkRules(checked.schema, object, {}) : []
  return checked && [...checked.faults, ...broken].map((fault) => `${fault.kind} ${fault.path} ${fault.says}`.trim())
}

describe('an object held against the schema of its kind', () => {
  it.each<[string, string, string, object, readonly string[]]>([
    ['a field that is null is dropped', 'security.istio.io/v1', 'PeerAuthentication', { spec: { mtls: null } }, []],
    ['and is missing where it is required', 'networking.istio.io/v1', 'WorkloadEntry', { spec: null }, ['MISSING  needs `spec`']],
    [
      'an item of a list that is null stays there',
      'security.istio.io/v1',
      'RequestAuthentication',
      { spec: { jwtRules: [null] } },
      ['WRONG_TYPE spec.jwtRules[0] is null and has to be an object'],
    ],
    ['null may stand for what is absent in a kind of Kubernetes', 'v1', 'ConfigMap', { data: null }, []],
    [
      'a label is a text',
      'v1',
      'ConfigMap',
      { metadata: { ...metadata, labels: { 'a/b': 1 } } },
      ['WRONG_TYPE metadata.labels["a/b"] is the number `1` and has to be text'],
    ],
    ['status is written by clusters, and not looked at', 'v1', 'Service', { spec: { ports: [] }, status: 7 }, []],
    [
      'a number of 2^31 is none of 32 bits',
      'v1',
      'Service',
      { spec: { ports: [{ port: 2147483648 }] } },
      ['OUT_OF_RANGE spec.ports[0].port is 2147483648 and may be at most 2147483647'],
    ],
    [
      'half a port is none',
      'v1',
      'Service',
      { spec: { ports: [{ port: 80.5 }] } },
      ['WRONG_TYPE spec.ports[0].port is the number `80.5` and has to be a whole number'],
    ],
    [
      'an address that a rule of two alternatives takes by its default',
      'gateway.networking.k8s.io/v1',
      'Gateway',
      { spec: { gatewayClassName: 'istio', addresses: [{ value: 'nowhere' }], listeners: [{ name: 'a', port: 80, protocol: 'HTTP' }] } },
      ['OUT_OF_RANGE spec.addresses[0] is `{"type":"IPAddress","value":"nowhere"}`, which has none of the forms that are allowed'],
    ],
    [
      'of alternatives that may be absent only one may be set',
      'networking.istio.io/v1',
      'DestinationRule',
      { spec: { host: 'a', trafficPolicy: { loadBalancer: { simple: 'RANDOM', consistentHash: { useSourceIp: true } } } } },
      ['RULE_BROKEN spec.trafficPolicy.loadBalancer sets `simple`, `consistentHash`, of which there may be only one'],
    ],
    [
      'rules are asked of nothing that is faulty otherwise',
      'networking.istio.io/v1',
      'ServiceEntry',
      { spec: { hosts: ['*'], ports: 1 } },
      ['WRONG_TYPE spec.ports is the number `1` and has to be a list'],
    ],
    [
      'unknown fields do not keep rules from being asked',
      'networking.istio.io/v1',
      'ServiceEntry',
      { spec: { hosts: ['*'], port: 1 } },
      ['UNKNOWN_FIELD spec.port', 'RULE_BROKEN spec.hosts[0] breaks a rule of its kind: hostname cannot be wildcard'],
    ],
    [
      'a duration that is none breaks the rule that reads it',
      'networking.istio.io/v1',
      'VirtualService',
      { spec: { http: [{ timeout: 'soon' }] } },
      ['RULE_BROKEN spec.http[0].timeout breaks a rule of its kind: must be a valid duration greater than 1ms'],
    ],
    ...[
      ['a network', '10.0.0.0/8', []],
      ['a network of IPv6', '2001:db8::/32', []],
      [
        'an address in one',
        '10.0.0.1/8',
        ['RULE_BROKEN spec.egress[0].to[0].networks[0] breaks a rule of its kind: Invalid CIDR format provided'],
      ],
      [
        'no network',
        'everywhere',
        ['RULE_BROKEN spec.egress[0].to[0].networks[0] breaks a rule of its kind: Invalid CIDR format provided'],
      ],
    ].map(([name, network, faults]): [string, string, string, object, readonly string[]] => [
      `to ${String(name)}`,
      'policy.networking.k8s.io/v1alpha2',
      'ClusterNetworkPolicy',
      { spec: { tier: 'Admin', priority: 1, subject: { namespaces: {} }, egress: [{ action: 'Deny', to: [{ networks: [network] }] }] } },
      faults as readonly string[],
    ]),
    [
      'a number of copies in words',
      'argoproj.io/v1alpha1',
      'Rollout',
      { spec: { replicas: 'two' } },
      ['WRONG_TYPE spec.replicas is the text `two` and has to be a whole number'],
    ],
    ['a claim of some storage', 'v1', 'PersistentVolumeClaim', { spec: { resources: { requests: { storage: '1Gi' } } } }, []],
  ])('%s', (_, apiVersion, kind, rest, faults) => {
    expect(faultsOf(apiVersion, kind, rest)).toEqual(faults)
  })

  it('breaks a rule wherever the same value stands, and another kind’s rule is another', () => {
    const among = {}
    const object = (kind: string, spec: object) => ({ apiVersion: 'networking.istio.io/v1', kind, metadata, spec })
    const brokenIn = (written: ReturnType<typeof object>): readonly string[] => {
      const schema = checkOriginal(kinds, written)?.schema
      if (schema === undefined) throw new Error(`${written.kind} is not known`)
      return checkRules(schema, written, among).map(({ path }) => path)
    }
    const destination = { destination: { host: 'b' } }
    const routes = (...timeouts: readonly string[]) =>
      object('VirtualService', { hosts: ['a'], http: timeouts.map((timeout) => ({ timeout, route: [destination] })) })
    expect(brokenIn(routes('1s', 'soon', '0s'))).toEqual(['spec.http[1].timeout', 'spec.http[2].timeout'])
    expect(brokenIn(routes('soon', '1s'))).toEqual(['spec.http[0].timeout'])
    const entry = (...hosts: readonly string[]) =>
      object('ServiceEntry', { hosts, ports: [{ number: 80, name: 'http' }], resolution: 'DNS' })
    expect([brokenIn(entry('*')), brokenIn(entry('a.example'))]).toEqual([['spec.hosts[0]'], []])
    expect(brokenIn(object('VirtualService', { hosts: ['*'], http: [{ route: [destination] }] }))).toEqual([])
  })

  it('of an unknown kind nothing is said', () => {
    expect(faultsOf('example.com/v1', 'Service', { spec: 1 })).toBeUndefined()
  })

  it('has at most a hundred faults told', () => {
    const spec = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`field${index}`, 1]))
    expect(faultsOf('networking.istio.io/v1', 'VirtualService', { spec })).toHaveLength(100)
  })

  it('may be anything at all', () => {
    const versions = [...kinds].flatMap(([kind, { versions: served }]) => [...served.keys()].map((version) => [kind, version] as const))
    assert(
      property(
        constantFrom(...versions),
        record({ spec: anything(), metadata: anything(), data: anything(), __proto__: anything() }, { requiredKeys: [] }),
        ([kind, version], object) => {
          const [group = '', name = ''] = kind.split('/')
          const given = JSON.parse(
            JSON.stringify({ ...object, apiVersion: group === '' ? version : `${group}/${version}`, kind: name }) ?? '{}',
          ) as Record<string, unknown>
          checkOriginal(kinds, given)
        },
      ),
      { numRuns: 500 },
    )
  })
})
