import { describe, expect, it } from 'vitest'
import { blockTakes, isBlock } from '#engine/analysis/authorization/block-takes'
import { matchesPath, matchesText, matchesWildcards } from '#engine/analysis/authorization/matches-text'
import { expandPrincipals, expandTrustDomains } from '#engine/analysis/authorization/expand-trust-domains'

describe('values of authorization policies', () => {
  it.each([
    ['GET', 'GET', true],
    ['GET', 'POST', false],
    ['/info*', '/info/a', true],
    ['/info*', '/inf', false],
    ['*/info', '/a/info', true],
    ['*/info', '/info/a', false],
    ['*', 'anything', true],
    ['*', '', false],
  ])('`%s` against `%s` is %s (AUTHZ-10, AUTHZ-20)', (pattern, text, expected) => {
    expect(matchesText(pattern, text)).toBe(expected)
  })

  it.each([
    ['/a/{*}/c', '/a/b/c', true],
    ['/a/{*}/c', '/a/b/x/c', false],
    ['/a/{*}', '/a/', false],
    ['/a/{**}', '/a/b/c', true],
    ['/a/{**}/z', '/a/b/c/z', true],
    ['/a/{**}/z', '/a/b/c', false],
    ['/a/{**}', '/a/', true],
    ['/a/{**}', '/a', false],
    ['/a/b/{**}', '/a/b', false],
    ['/{**}/b', '/b', false],
    ['/{**}/b', '//b', true],
    ['/a/{*}/{**}', '/a/b', false],
    ['/a/{*}/{**}', '/a/b/', true],
    ['/a/{*}', '/a/b;v', true],
    ['/a/{*}', '/a/b=c', false],
    ['/a/{**}', '/a/b/c=d/e', false],
    ['/a', '/a?x=/b', true],
    ['/a/b', '/a?x=/b', false],
  ])('path template `%s` against `%s` is %s (AUTHZ-20)', (pattern, path, expected) => {
    expect(matchesPath(pattern, path)).toBe(expected)
  })

  it('a template with many wildcards on a long path ends at once (AUTHZ-20)', () => {
    const started = performance.now()
    expect(matchesPath(`${'/{**}/a'.repeat(200)}/b`, '/a'.repeat(4000))).toBe(false)
    expect(performance.now() - started).toBeLessThan(1000)
  })

  it('namespaces may hold a wildcard anywhere (AUTHZ-11)', () => {
    expect(matchesWildcards('team-*-prod', 'team-a-prod')).toBe(true)
    expect(matchesWildcards('team-*-prod', 'team-a-test')).toBe(false)
    expect(matchesWildcards('*', 'shop')).toBe(true)
  })

  it.each([
    ['10.0.0.0/8', '10.200.3.4', 'ALL'],
    ['10.0.0.0/8', '11.0.0.1', 'NONE'],
    ['10.1.2.3', '10.1.2.3', 'ALL'],
    ['0.0.0.0/0', '1.2.3.4', 'ALL'],
    ['fd00::/8', 'fd12::1', 'ALL'],
    ['fd00::/8', '10.0.0.1', 'NONE'],
    ['2001:db8::1', '2001:0db8:0:0:0:0:0:1', 'ALL'],
    ['10.0.0.0/8', '10.1.0.0/16', 'ALL'],
    ['10.1.2.0/24', '10.1.0.0/16', 'SOME'],
    ['10.2.0.0/16', '10.1.0.0/16', 'NONE'],
  ])('block `%s` and `%s`: %s (AUTHZ-18)', (block, candidates, expected) => {
    expect(blockTakes(block, candidates)).toBe(expected)
  })

  it('a block Istio cannot read is told apart (AUTHZ-23)', () => {
    expect(['10.0.0.0/33', '10.0.0', 'x', '1.2.3.256', '::1/129', '1::2::3'].map(isBlock)).toEqual([
      false,
      false,
      false,
      false,
      false,
      false,
    ])
    expect(['10.0.0.0/8', '10.0.0.1', '::1', '::/0'].map(isBlock)).toEqual([true, true, true, true])
  })

  it.each([
    [['td1/ns/a/sa/b'], ['td1', 'td2'], ['td1/ns/a/sa/b', 'td2/ns/a/sa/b']],
    [['cluster.local/ns/a/sa/b'], ['td1', 'td2'], ['td1/ns/a/sa/b', 'td2/ns/a/sa/b']],
    [['cluster.local/ns/a/sa/b'], ['cluster.local'], ['cluster.local/ns/a/sa/b']],
    [['foreign/ns/a/sa/b'], ['td1'], ['foreign/ns/a/sa/b']],
    [['*/ns/a/sa/b'], ['td1'], ['*/ns/a/sa/b']],
    [['*-td/ns/a/sa/b'], ['some-td', 'other'], ['*-td/ns/a/sa/b', 'other/ns/a/sa/b']],
    [['td*/ns/a/sa/b'], ['td1', 'x'], ['td1/ns/a/sa/b', 'x/ns/a/sa/b']],
    [['zz*/ns/a/sa/b'], ['td1'], ['zz*/ns/a/sa/b']],
    [['*'], ['td1'], ['*']],
    [['td1/ns/a'], ['td1'], ['td1/ns/a']],
  ])('principals %j with local trust domains %j become %j (AUTHZ-15, AUTHZ-16)', (values, local, expected) => {
    expect(expandPrincipals(values, local)).toEqual(expected)
  })

  it('a local trust domain stands for all local ones, a foreign one for itself (AUTHZ-13)', () => {
    expect(expandTrustDomains(['td1'], ['td1', 'td2'])).toEqual(['td1', 'td2'])
    expect(expandTrustDomains(['far'], ['td1', 'td2'])).toEqual(['far'])
  })
})
