import { describe, expect, it } from 'vitest'
import { matchesClaim, matchesRequestPrincipal } from '#engine/analysis/authorization/matches-claim'

const claims = {
  iss: 'https://issuer.example/realm',
  sub: 'jason',
  aud: ['shop', 'bank'],
  azp: 'app-1',
  scope: 'read write',
  groups: ['red', 'blue'],
  level: 7,
  team: { name: 'front', roles: ['dev', 'ops'], size: 3 },
}

describe('the principal of a request', () => {
  it.each([
    ['https://issuer.example/realm/jason', true, 'is issuer and subject, split at the last slash'],
    ['https://issuer.example/realm', false, 'is not the issuer alone'],
    ['jason', false, 'is not the subject alone'],
    ['*', true, 'is any, where both are there'],
    ['*/jason', true, 'may leave the issuer open'],
    ['*/jasmin', false, 'must still have the subject'],
    ['https://issuer.example/realm/*', true, 'may leave the subject open'],
    ['https://issuer.example/*', false, 'has its slash before the subject, not within the issuer'],
    ['https://issuer.example*/jason', true, 'may begin with the issuer’s beginning'],
    ['*realm/jason', true, 'may end with the issuer’s end'],
    ['*son', true, 'without slash is about the end of the subject'],
    ['*realm', false, 'without slash is not about the end of the issuer'],
    ['htt*', true, 'without slash is about the beginning of the issuer'],
    ['jas*', false, 'without slash is not about the beginning of the subject'],
  ])('`%s` matches: %s: it %s (AUTHZ-21)', (pattern, matches) => {
    expect(matchesRequestPrincipal(pattern, claims)).toBe(matches)
    expect(matchesClaim('request.auth.principal', pattern, claims)).toBe(matches)
  })

  it.each([
    ['no issuer', { sub: 'jason' }],
    ['no subject', { iss: 'https://issuer.example' }],
    ['an empty issuer', { iss: '', sub: 'jason' }],
    ['an empty subject', { iss: 'https://issuer.example', sub: '' }],
    ['a subject that is no text', { iss: 'https://issuer.example', sub: 7 }],
    ['nothing', {}],
  ])('of a token with %s is none, not even any (AUTHZ-21)', (_story, token) => {
    expect(['*', '*/*', '*n', 'h*', '*/jason'].map((pattern) => matchesRequestPrincipal(pattern, token))).toEqual([
      false,
      false,
      false,
      false,
      false,
    ])
  })
})

describe('a claim of a token', () => {
  it.each([
    ['request.auth.audiences', 'bank', true],
    ['request.auth.audiences', 'ban', false],
    ['request.auth.audiences', 'b*', true],
    ['request.auth.presenter', 'app-1', true],
    ['request.auth.presenter', 'shop', false],
    ['request.auth.claims[iss]', 'https://issuer.example/*', true],
    ['request.auth.claims[groups]', 'blue', true],
    ['request.auth.claims[groups]', '*ed', true],
    ['request.auth.claims[groups]', 'green', false],
    ['request.auth.claims[scope]', 'write', true],
    ['request.auth.claims[scope]', 'read write', false],
    ['request.auth.claims[team][name]', 'front', true],
    ['request.auth.claims[team][roles]', 'ops', true],
    ['request.auth.claims[team]', 'front', false],
    ['request.auth.claims[team][name][more]', 'front', false],
    ['request.auth.claims[level]', '7', false],
    ['request.auth.claims[team][size]', '3', false],
    ['request.auth.claims[absent]', '*', false],
    ['request.auth.claims[constructor]', '*', false],
    ['request.auth.claims[groups][0]', 'red', false],
    ['request.auth.claims', '*', false],
    ['request.auth.planet', '*', false],
  ])('`%s` is `%s`: %s (AUTHZ-21, AUTHZ-22)', (key, pattern, matches) => {
    expect(matchesClaim(key, pattern, claims)).toBe(matches)
  })

  it('an audience may be one text instead of a list (AUTHZ-21)', () => {
    expect(matchesClaim('request.auth.audiences', 'shop', { aud: 'shop' })).toBe(true)
    expect(matchesClaim('request.auth.audiences', 'shop', { aud: 'shop bank' })).toBe(false)
  })
})
