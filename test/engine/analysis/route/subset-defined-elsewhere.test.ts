import { describe, expect, it } from 'vitest'
import { answerTo } from '../asking.js'
import { deployment, destinationRule, type Manifest, service, virtualService, west, world } from '../calling.js'

const subsets = [{ name: 'v1', labels: { version: 'v1' } }]
const web = [
  service('shop/web'),
  deployment('shop/web', { version: 'v1' }),
  virtualService('shop/web', { hosts: ['web'], http: [{ route: [{ destination: { host: 'web', subset: 'v1' } }] }] }),
]

const ask = (objects: readonly Manifest[], meshConfig: Manifest = {}) =>
  answerTo(world({ clusters: { west: west(...web, ...objects) }, meshConfig }), {
    from: { cluster: 'west', namespace: 'other', workload: 'client' },
    to: { host: 'web.shop', port: 80 },
  })

describe('a subset that a rule defines which is not in force is told with that rule (ROUTE-20)', () => {
  it.each([
    ['kept to its namespace by itself', [destinationRule('shop/web', { host: 'web', exportTo: ['.'], subsets })], {}],
    ['kept there by MeshConfig', [destinationRule('shop/web', { host: 'web', subsets })], { defaultDestinationRuleExportTo: ['.'] }],
    ['of a third namespace', [destinationRule('third/web', { host: 'web.shop.svc.cluster.local', subsets })], {}],
    [
      'hidden by one of the caller’s',
      [destinationRule('shop/web', { host: 'web', subsets }), destinationRule('other/all', { host: '*.local' })],
      {},
    ],
  ])('%s', (_why, objects, meshConfig) => {
    const answer = ask(objects, meshConfig)
    expect(answer.reason).toBe('UNKNOWN_CLUSTER')
    const stop = answer.steps.find(({ stage }) => stage === 'ROUTE')
    expect(stop?.message).toMatch(/; DestinationRule `(?:shop|third)\/web` defines it, and is not in force for this proxy$/u)
    expect(stop?.because.map(({ kind, name }) => `${kind} ${name}`)).toContain('DestinationRule web')
  })

  it('and nothing is said of rules for other hosts', () => {
    const message = ask([destinationRule('shop/mail', { host: 'mail', subsets })]).steps.find(({ stage }) => stage === 'ROUTE')?.message
    expect(message).not.toContain('defines it')
  })
})
