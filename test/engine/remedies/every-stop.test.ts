import { describe, expect, it } from 'vitest'
import { type ReasonCode, reasons } from '#engine/model/reasons'
import { allProposals } from '#engine/remedies/all-proposals'
import { passingCodes } from '#engine/remedies/told/passing-codes'
import { whyNoRemedy, withoutProposal, withoutSlip } from '#engine/remedies/told/why-no-remedy'
import { snapshotOf } from '../from-yaml.js'
import { cluster, deployment, namespace, object, service, topology } from './mesh-yaml.js'
import { asks, traceOf } from './remedies-of.js'

/** `shop` with a policy of this specification, which refuses everything. */
const meshWith = (spec: string) =>
  snapshotOf(
    topology(
      cluster('west', 'podCidrs: [10.8.0.0/16]', [
        namespace('shop'),
        namespace('istio-system', 'a: b'),
        deployment('shop/web'),
        deployment('shop/cart'),
        service('shop/cart'),
        object('AuthorizationPolicy', 'shop/callers', spec),
      ]),
    ),
  )

const passing: readonly ReasonCode[] = passingCodes
const proposed = new Set(allProposals.flatMap(({ for: codes }) => codes))
const stops = (Object.keys(reasons) as ReasonCode[]).filter((code) => !passing.includes(code))

describe('every kind of stop', () => {
  it.each(stops)('%s has a proposal, or says why there is none', (code) => {
    const why = withoutProposal[code]
    expect([proposed.has(code), why !== undefined]).toEqual(proposed.has(code) ? [true, false] : [false, true])
    if (why !== undefined) expect(why).toMatch(/^[a-z].{19,}[^.]$/)
  })

  it.each(Object.entries(withoutSlip))('%s says why there is none where only a slip would be corrected', (code, why) => {
    expect(proposed.has(code as ReasonCode)).toBe(true)
    expect(why).toMatch(/^[a-z].{19,}[^.]$/)
  })

  it('is one: nothing is proposed or excused for what lets a call pass', () => {
    expect(passing.filter((code) => proposed.has(code) || withoutProposal[code] !== undefined)).toEqual([])
  })

  it('is told with the reason where nothing was found, and with none where the call arrives', () => {
    const ended = (verdict: 'REACHABLE' | 'UNREACHABLE', reason: ReasonCode) => ({ verdict, reason, decidedBy: undefined })
    expect(whyNoRemedy(meshWith('{}'), ended('UNREACHABLE', 'TOKEN_REFUSED'), 0)).toBe('a token is given by its issuer')
    expect(whyNoRemedy(meshWith('{}'), ended('UNREACHABLE', 'TLS_REJECTED'), 0)).toBe(
      'none of the changes that were tried lets the call arrive',
    )
    expect(whyNoRemedy(meshWith('{}'), ended('UNREACHABLE', 'TLS_REJECTED'), 1)).toBeNull()
    expect(whyNoRemedy(meshWith('{}'), ended('REACHABLE', 'DELIVERED'), 0)).toBeNull()
  })
  it.each([
    ['that is there to deny', '{ action: DENY, rules: [{}] }', 'a DENY is somebody’s intention, which its owner may change'],
    // Without such a provider istiod gives the proxy a filter that refuses whatever matches.
    [
      'that asks a provider which is not there',
      '{ action: CUSTOM, provider: { name: gone }, rules: [{}] }',
      'none of the changes that were tried lets the call arrive',
    ],
  ])('is told of a policy %s by what the policy is (AUTHZ-30, AUTHZ-32)', (_which, spec, why) => {
    const snapshot = meshWith(spec)
    const trace = traceOf(snapshot, asks('west/shop/web', 'cart.shop:80'))
    expect(trace.reason).toBe('DENIED')
    expect(whyNoRemedy(snapshot, trace, 0)).toBe(why)
  })
})
