import { describe, expect, it } from 'vitest'
import type { Flag, Given } from '#cli/command'
import { nearest } from '#cli/nearest'
import { parseArguments } from '#cli/parse-arguments'
import { destinationFlags, readDestination } from '#cli/read-destination'
import { readIdentity } from '#cli/read-identity'
import { readSource, sourceFlags } from '#cli/read-source'
import { readVersionName } from '#cli/version-name'

const given = (flags: Readonly<Record<string, Flag>>, ...words: readonly string[]): Given =>
  parseArguments({ name: 'x', says: '', operands: [], examples: [], flags, run: async () => 0 }, words)

describe('who calls', () => {
  it.each([
    [['--from', 'west/shop/client'], { cluster: 'west', namespace: 'shop', workload: 'client' }],
    [['--from=west/shop/Deployment/client'], { cluster: 'west', namespace: 'shop', workload: 'Deployment/client' }],
    [['--from', 'west/shop'], { cluster: 'west', namespace: 'shop' }],
    [['--from', 'gateway:west/edge/ingress'], { gateway: 'west/edge/ingress' }],
    [['--from', 'outside'], { outside: true }],
    [['--from', '{"proxy":{"cluster":"west","namespace":"shop"}}'], { proxy: { cluster: 'west', namespace: 'shop' } }],
    [
      ['--from', 'west/shop', '--service-account', 'ann', '--label', 'app=a=b', '--label', 'v='],
      {
        cluster: 'west',
        namespace: 'shop',
        serviceAccount: 'ann',
        labels: [
          { name: 'app', value: 'a=b' },
          { name: 'v', value: '' },
        ],
      },
    ],
  ])('is read from %j', (words, source) => expect(readSource(given(sourceFlags, ...words))).toEqual(source))

  it.each([['west'], ['west//client'], ['west/shop/a/b/c'], ['{'], ['{"where":"west"}'], ['[]']])('is not read from %s', (text) =>
    expect(() => readSource(given(sourceFlags, '--from', text))).toThrow('--from'),
  )
})

describe('whom it calls', () => {
  it.each([
    [['reviews'], { host: 'reviews' }],
    [['reviews.shop:9080'], { host: 'reviews.shop', port: 9080 }],
    [['10.0.0.7:80'], { host: '10.0.0.7', port: 80 }],
    [['[fd00::7]:80'], { host: 'fd00::7', port: 80 }],
    [['fd00::7'], { host: 'fd00::7' }],
    [
      ['reviews', '--method', 'GET', '--path', '/a?b=c', '--header', 'x-user=ann'],
      { host: 'reviews', method: 'GET', path: '/a?b=c', headers: [{ name: 'x-user', value: 'ann' }] },
    ],
    [['db:3306', '--protocol', 'SERVER_FIRST'], { host: 'db', port: 3306, protocol: 'SERVER_FIRST' }],
    [
      ['reviews', '--header', 'x-user=ann', '--no-header', 'authorization'],
      {
        host: 'reviews',
        headers: [
          { name: 'x-user', value: 'ann' },
          { name: 'authorization', absent: true },
        ],
      },
    ],
    [['{"host":"reviews","port":1}'], { host: 'reviews', port: 1 }],
  ])('is read from --to %j', (words, destination) =>
    expect(readDestination(given(destinationFlags, '--to', ...words))).toEqual(destination),
  )

  it.each([['reviews:'], ['reviews:0'], ['reviews:65536'], [':80'], ['{"port":1}']])('is not read from %s', (text) =>
    expect(() => readDestination(given(destinationFlags, '--to', text))).toThrow('--to'),
  )

  it('has headers with names', () =>
    expect(() => readDestination(given(destinationFlags, '--to', 'a', '--header', '=b'))).toThrow('name=value'))
})

describe('an identity', () => {
  it.each([
    ['west/shop/client', { cluster: 'west', namespace: 'shop', serviceAccount: 'client' }],
    ['spiffe://cluster.local/ns/shop/sa/client', { spiffeId: 'spiffe://cluster.local/ns/shop/sa/client' }],
    ['west=spiffe://td/ns/a/sa/b', { cluster: 'west', spiffeId: 'spiffe://td/ns/a/sa/b' }],
    ['{"namespace":"shop","serviceAccount":"client"}', { namespace: 'shop', serviceAccount: 'client' }],
  ])('is read from %s', (text, identity) => expect(readIdentity('--client', text)).toEqual(identity))

  it.each(['client', 'a/b', 'a//b', 'a/b/c/d', '{"name":1}'])('is not read from %s', (text) =>
    expect(() => readIdentity('--client', text)).toThrow('--client'),
  )
})

describe('a version', () => {
  it.each([
    ['shop', { topology: 'shop', ref: 'latest' }],
    ['shop@42', { topology: 'shop', ref: '42' }],
    ['shop@production', { topology: 'shop', ref: 'production' }],
    [`shop@sha256:${'a'.repeat(64)}`, { topology: 'shop', ref: `sha256:${'a'.repeat(64)}` }],
  ])('is named %s', (text, address) => expect(readVersionName(text)).toEqual(address))

  it.each(['', '-', './shop', 'shop@', 'shop@1@2', 'shop@sha256:12', 'Shop'])('is not named %s', (text) =>
    expect(() => readVersionName(text)).toThrow('is not the name of a version'),
  )
})

describe('the word that was meant', () => {
  it.each([
    ['trce', 'trace'],
    ['vis', 'visible'],
    ['valiate', 'validate'],
    ['xyz', undefined],
    ['', undefined],
  ])('by %s is %s', (word, meant) => expect(nearest(word, ['trace', 'trust', 'validate', 'visible'])).toBe(meant))
})
