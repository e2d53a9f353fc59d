import { describe, expect, it } from 'vitest'
import { tellReachability } from '#cli/print/reachability'
import { foldSteps, tellSteps } from '#cli/print/steps'
import type { EndpointPath, Reachability } from '#engine/model/reachability'
import type { Step, ToldAssumption } from '#engine/model/step'
import { answer, endpoint, marked, plain, ref, step } from '../../formats/text/parts.js'

const printSteps = (steps: readonly Step[]): readonly string[] => plain(tellSteps(steps, []))
const printed = (told: Reachability, isFull = false): readonly string[] => plain(tellReachability(told, isFull))

const hop = (index: number, kind: 'DIRECT' | 'GATEWAY' | 'WAYPOINT', from: string, to: string) => ({ index, kind, from, to })

describe('the steps of a call', () => {
  it('are aligned, with the sentence and what decided below each', () => {
    const steps = [
      step({ stage: 'SCOPE', message: 'it is seen', because: [ref('reviews', { source: { file: 'a.yaml', line: 7 } })] }),
      step({ outcome: 'STOPPED', reason: 'NO_ENDPOINTS', message: 'nobody is there' }),
    ]
    expect(printSteps(steps)).toEqual([
      '  SCOPE          PASSED   DELIVERED',
      '      it is seen',
      '      Service west/shop/reviews (a.yaml:7)',
      '  AUTHORIZATION  STOPPED  NO_ENDPOINTS',
      '      nobody is there',
    ])
  })

  it('tell which leg they are of where there are several, counted from one, and through whom', () => {
    const steps = [
      step({ stage: 'NAME' }),
      step({ hop: hop(0, 'GATEWAY', 'west/shop/web', 'east/istio-system/eastwest') }),
      step({ hop: hop(1, 'WAYPOINT', 'east/istio-system/eastwest', 'east/shop/waypoint') }),
      step({ hop: hop(2, 'DIRECT', 'east/shop/waypoint', 'east/shop/cart') }),
    ]
    expect(printSteps(steps).filter((line) => line.includes('leg'))).toEqual([
      '      leg 1: west/shop/web → gateway east/istio-system/eastwest',
      '      leg 2: east/istio-system/eastwest → waypoint east/shop/waypoint',
      '      leg 3: east/shop/waypoint → east/shop/cart',
    ])
  })

  it('tell of no leg where there is but one, nor before a packet has left', () => {
    const steps = [step({ stage: 'NAME' }), step({ hop: hop(0, 'DIRECT', 'west/shop/web', 'west/shop/cart') })]
    expect(printSteps(steps).some((line) => line.includes('leg'))).toBe(false)
  })

  it('tell of the only leg too, where it ends at a gateway', () => {
    expect(printSteps([step({ hop: hop(0, 'GATEWAY', 'west/shop/web', '34.0.0.2') })])).toContain(
      '      leg 1: west/shop/web → gateway 34.0.0.2',
    )
  })
})

const rowOf = (more: Partial<EndpointPath>): string | undefined => printed(answer({ endpoints: [endpoint(more)] }))[4]

describe('the answer to a call', () => {
  it('is its verdict and its sentence, and nothing where nothing else is to be said', () => {
    expect(printed(answer())).toEqual(['REACHABLE  it arrives'])
  })

  it.each<[string, Partial<EndpointPath>, string]>([
    ['directly', {}, '  10.1.0.1:8080  west  direct  100%  REACHABLE  DELIVERED'],
    ['on a network', { network: 'n1' }, '  10.1.0.1:8080  west on n1  direct  100%  REACHABLE  DELIVERED'],
    ['outside of all clusters', { cluster: null }, '  10.1.0.1:8080  outside  direct  100%  REACHABLE  DELIVERED'],
    [
      'by IPv6 in brackets, through a gateway',
      { address: 'fd00::1', via: { address: 'fd00::2', port: 15443, network: 'n2', cluster: 'east', because: [] }, share: 0.3333 },
      '  [fd00::1]:8080  west  via [fd00::2]:15443  33.3%  REACHABLE  DELIVERED',
    ],
    ['without an address', { address: null, port: null }, '  without address  west  direct  100%  REACHABLE  DELIVERED'],
    ['behind a better priority', { priority: 1, share: 0 }, '  10.1.0.1:8080  west  direct  priority 1  REACHABLE  DELIVERED'],
    ['not given to the client', { priority: null, share: 0 }, '  10.1.0.1:8080  west  direct  not given  REACHABLE  DELIVERED'],
  ])('shows an endpoint that is met %s', (_title, more, row) => {
    expect(rowOf(more)?.split(/ {2,}/)).toEqual(row.split(/ {2,}/))
  })

  it('says below an endpoint what keeps the call from it, and not what lets it pass', () => {
    const steps = [step({ stage: 'NETWORK', message: 'it is led there' }), step({ outcome: 'STOPPED', message: 'it is denied' })]
    const lines = (verdict: EndpointPath['verdict']) => printed(answer({ endpoints: [endpoint({ verdict, steps })] })).slice(5)
    expect([lines('UNREACHABLE'), lines('REACHABLE')]).toEqual([['      it is denied'], []])
  })

  it('shows forty endpoints and counts the rest', () => {
    const many = (count: number) => printed(answer({ endpoints: Array.from({ length: count }, () => endpoint()) })).slice(4)
    expect([many(40).length, many(43).length, many(43).at(-1)]).toEqual([40, 41, '  and 3 more'])
  })

  it('ends with what it depends on, what would turn it, what it takes for granted, and how long it holds', () => {
    const notes = answer({
      conditions: [
        {
          code: 'ROUTE_BY_ATTRIBUTE',
          on: 'path',
          message: 'only under `/a`',
          because: [ref('reviews')],
          help: '/reasons/ROUTE_BY_ATTRIBUTE',
        },
      ],
      assumptions: [{ code: 'FEDERATION_STATED', message: 'as stated', because: [], general: false, help: '/reasons/FEDERATION_STATED' }],
      validUntil: '2027-01-01T00:00:00.000Z',
      remedies: [
        {
          summary: 'allow it',
          cluster: 'west',
          controlPlane: 'west',
          manifest: 'kind: Service\n',
          alsoOpens: { count: 4, examples: ['`a`', '`b`', '`c`'], complete: true },
        },
      ],
    })
    expect(printed(notes).slice(1)).toEqual([
      '',
      'depends on',
      '  ROUTE_BY_ATTRIBUTE  on path',
      '      only under `/a`',
      '      Service west/shop/reviews',
      '',
      'to make it reachable',
      '  allow it',
      '      also opens 4: `a`, `b`, `c` and 1 more',
      '',
      '```yaml',
      'kind: Service',
      '```',
      '',
      'assumed',
      '  FEDERATION_STATED',
      '      as stated',
      '',
      'holds until',
      '  2027-01-01T00:00:00.000Z',
    ])
  })

  it('says plainly that not all was looked at of what a remedy opens besides', () => {
    const remedy = (count: number, examples: string[]) => ({
      summary: 'allow it',
      cluster: null,
      controlPlane: null,
      manifest: null,
      alsoOpens: { count, examples, complete: false },
    })
    const told = (one: ReturnType<typeof remedy>) => printed(answer({ remedies: [one] }))
    expect(told(remedy(1, ['`a`']))).toContain('      also opens 1 or more, as not every call was looked at: `a`')
    expect(told(remedy(0, []))).toContain('      opens nothing else among the calls that were looked at, which are not all')
  })

  it('proposes the first remedy, has the others after it, and says where each is made as soon as it speaks of two clusters', () => {
    const remedy = (summary: string, cluster: string) => ({ summary, cluster, controlPlane: 'west', manifest: null, alsoOpens: null })
    const told = answer({ remedies: [remedy('allow it', 'west'), remedy('weaker: allow all', 'east')] })
    expect(printed(told).slice(2)).toEqual([
      'to make it reachable',
      '  allow it',
      '      apply in cluster `west`',
      '',
      'or',
      '  weaker: allow all',
      '      apply in cluster `east`',
    ])
  })

  it.each<[Reachability['verdict'], string]>([
    ['REACHABLE', 'good'],
    ['UNREACHABLE', 'bad'],
    ['UNDETERMINED', 'unsure'],
    ['AMBIGUOUS', 'unsure'],
  ])('%s is shown as %s', (verdict, shade) => {
    expect(marked(tellReachability(answer({ verdict }), false))).toEqual([`<${shade}>${verdict}</>  it arrives`])
  })
})

describe('what is folded', () => {
  const passed = step({ stage: 'NAME', reason: 'NAME_RESOLVED', message: 'the name resolves' })
  const stopped = step({ stage: 'TRANSPORT', outcome: 'STOPPED', reason: 'TLS_REJECTED', message: 'plaintext is rejected' })
  const skipped = step({ stage: 'ROUTE', outcome: 'NOT_APPLICABLE', reason: 'NOT_ROUTED', message: 'nothing routes it' })
  const denied = answer({
    verdict: 'UNREACHABLE',
    reason: 'TLS_REJECTED',
    summary: '`a` cannot reach `b`: plaintext is rejected',
    steps: [passed, skipped, step({ outcome: 'CONDITIONAL', reason: 'POLICY_DEPENDS', message: 'it depends' }), stopped],
  })

  it('are the steps that passed: the one that gave the answer its reason stands first, and repeats no sentence', () => {
    expect(printed(denied)).toEqual([
      'UNREACHABLE  `a` cannot reach `b`: plaintext is rejected',
      '',
      'decided by',
      '  TRANSPORT      STOPPED      TLS_REJECTED',
      '  AUTHORIZATION  CONDITIONAL  POLICY_DEPENDS',
      '      it depends',
      '',
      'steps  --verbose tells each of them',
      '  PASSED          NAME',
      '  NOT_APPLICABLE  ROUTE',
    ])
  })

  it('is nothing where all is asked for: every step in the order of a proxy, with its sentence', () => {
    const lines = printed(denied, true)
    expect(lines.slice(lines.indexOf('steps'))).toEqual([
      'steps',
      '  NAME           PASSED          NAME_RESOLVED',
      '      the name resolves',
      '  ROUTE          NOT_APPLICABLE  NOT_ROUTED',
      '      nothing routes it',
      '  AUTHORIZATION  CONDITIONAL     POLICY_DEPENDS',
      '      told above',
      '  TRANSPORT      STOPPED         TLS_REJECTED',
      '      told above',
    ])
  })

  it('keeps what nearly had a say in a step that passed, with what had it', () => {
    const near = { ...passed, nearMisses: [{ resource: ref('deny-x'), path: null, why: 'selects no pod' }] }
    expect(printed(answer({ steps: [near] })).slice(1, 6)).toEqual([
      '',
      'near misses',
      '  NAME  NAME_RESOLVED',
      '      the name resolves',
      '      Service west/shop/deny-x selects no pod',
    ])
  })

  it('keeps who sends the call where it goes, which all that comes after rests on', () => {
    const routed = step({
      stage: 'ROUTE',
      reason: 'ROUTED',
      message: 'VirtualService `shop/cart` sends it to `cart`',
      because: [ref('cart')],
    })
    expect(plain(foldSteps([routed]))).toEqual([
      '  PASSED  ROUTE',
      '  ROUTED  VirtualService `shop/cart` sends it to `cart`',
      '      Service west/shop/cart',
    ])
    expect(plain(foldSteps([routed], routed.message))).toEqual(['  PASSED  ROUTE'])
  })

  it('keeps the way of several legs, and counts stages that are gone through twice', () => {
    const steps = [
      step({ stage: 'TRANSPORT', hop: hop(0, 'GATEWAY', 'west/shop/web', 'east/istio-system/eastwest') }),
      step({ stage: 'TRANSPORT', hop: hop(1, 'DIRECT', 'east/istio-system/eastwest', 'east/shop/cart') }),
    ]
    expect(plain(foldSteps(steps))).toEqual([
      '  PASSED  TRANSPORT ×2',
      '  WAY     west/shop/web → gateway east/istio-system/eastwest → east/shop/cart',
    ])
  })

  it('says what all of the topology rests on once and last, each code once', () => {
    const assumed = (message: string, general: boolean) =>
      ({ code: 'ROOTS_ASSUMED' as const, message, because: [], general, help: '/reasons/ROOTS_ASSUMED' }) satisfies ToldAssumption
    const told = answer({ assumptions: [assumed('of all', true), assumed('one', false), assumed('of all', true), assumed('two', false)] })
    expect(printed(told).slice(1)).toEqual([
      '',
      'assumed',
      '  ROOTS_ASSUMED',
      '      one',
      '      two',
      '',
      'assumed of the topology as a whole',
      '  ROOTS_ASSUMED',
      '      of all',
    ])
  })
})
