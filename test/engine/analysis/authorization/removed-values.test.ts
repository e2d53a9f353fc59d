import { describe, expect, it } from 'vitest'
import { allow, ask, deny, mesh } from '../policy-mesh.js'
import { authorization, straightCalls } from '../straight-call.js'

const key = 'Kq7VbT2mXw9RzL4s'
const byKey = (part: string) => `[{ when: [{ key: "request.headers[x-api-key]", ${part} }] }]`
const given = (value: string) => ({ attributes: { headers: { 'x-api-key': value } } })
const none = { attributes: { absentHeaders: new Set(['x-api-key']) } }

describe('a value of a policy that was taken out as a secret', () => {
  it.each([
    ['ALLOW', allow(byKey(`values: [${key}]`))],
    ['DENY', deny(byKey(`values: [${key}]`))],
    ['ALLOW of all others', allow(byKey(`notValues: [${key}]`))],
  ])('leaves an %s open, whatever the header is (AUTHZ-9, AUTHZ-22)', (_title, policies) => {
    for (const value of ['', 'another', key]) expect(ask(policies, given(value))).toBe('POLICY_DEPENDS?')
  })

  it.each([
    ['ALLOW', allow(byKey(`values: [${key}]`)), 'DENIED'],
    ['DENY', deny(byKey(`values: [${key}]`)), 'ALLOWED'],
    ['ALLOW of all others', allow(byKey(`notValues: [${key}]`)), 'ALLOWED'],
  ])('of a header that the request has not an %s does not hang on it (AUTHZ-22)', (_title, policies, expected) => {
    expect(ask(policies, none)).toBe(expected)
  })

  it('does not matter beside one that is known and met', () => {
    expect(ask(allow(byKey(`values: [${key}, none]`)), given('none'))).toBe('ALLOWED')
    expect(ask(allow(byKey(`values: [${key}, none]`)), given('another'))).toBe('POLICY_DEPENDS?')
  })

  it('is named as taken out, with the rule that it stands in', () => {
    const [call] = straightCalls(mesh(deny(byKey(`values: [${key}]`))), { from: 'west/shop/client', to: 'cart.shop:80', ...given('a') })
    const [condition] = call === undefined ? [] : authorization(call).conditions
    expect(condition?.message).toContain('denies the request if it has header x-api-key of a value that was taken out as a secret')
    expect(condition?.because.map(({ path }) => path)).toEqual(['spec.rules[0]'])
  })

  it('compares with an empty value that somebody wrote', () => {
    expect(ask(deny(byKey('values: [""]')), given('a'))).toBe('ALLOWED')
  })
})
