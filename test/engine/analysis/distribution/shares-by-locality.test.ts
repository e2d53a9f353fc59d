import { describe, expect, it } from 'vitest'
import { labelPriority, localityMatches, localityPriority } from '#engine/analysis/distribution/locality-priority'
import { sharesByLocality, type Weighed } from '#engine/analysis/distribution/shares-by-locality'

/** `locality weight`, with `!` before an endpoint that is not ready, and `~` before one whose locality is written short. */
const way = (text: string): Weighed => {
  const [locality = '', weight = '1'] = text.replace(/[!~]/, '').split(' ')
  return { locality, weight: Number(weight), ready: !text.startsWith('!'), isShort: text.startsWith('~') }
}
const shares = (ways: readonly string[], weights?: Readonly<Record<string, number>>) =>
  sharesByLocality(ways.map(way), weights === undefined ? undefined : (locality) => weights[locality] ?? 0).map(
    (share) => Math.round(share * 1000) / 1000,
  )

describe('shares of endpoints where localities are weighted', () => {
  it.each([
    ['endpoints of equal weight take equal parts, wherever they are', ['a 1', 'a 1', 'b 1', 'b 1'], [0.25, 0.25, 0.25, 0.25]],
    ['a locality with more endpoints takes more', ['a 1', 'b 1', 'b 1', 'b 1'], [0.25, 0.25, 0.25, 0.25]],
    ['an endpoint’s own weight counts', ['a 3', 'b 1'], [0.75, 0.25]],
    ['no endpoint takes anything where there is none', [], []],
  ])('%s (LB-4, LB-5)', (_story, ways, expected) => {
    expect(shares(ways)).toEqual(expected)
  })

  it.each([
    ['its ready endpoints share the part of the locality', ['a 1', '!a 1', 'b 1', 'b 1'], [0.5, 0, 0.25, 0.25]],
    ['a locality without a ready endpoint takes nothing', ['!a 1', '!a 1', 'b 1', 'b 1'], [0, 0, 0.5, 0.5]],
    ['where none is ready nobody takes anything', ['!a 1', '!b 1'], [0, 0]],
  ])('an endpoint that is not ready counts and takes nothing: %s (EDS-9)', (_story, ways, expected) => {
    expect(shares(ways)).toEqual(expected)
  })

  it.each([
    ['all of it share the weight of those in full', ['a 1', 'a 1', 'b 1', 'b 1', '~b 1'], [0.25, 0.25, 0.167, 0.167, 0.167]],
    ['nothing is lost where it is written short alone', ['a 1', '~b 1', '~b 1'], [0.333, 0.333, 0.333]],
  ])('a locality that is written in two ways is one to the proxy: %s (LB-5)', (_story, ways, expected) => {
    expect(shares(ways)).toEqual(expected)
  })

  it.each([
    ['a locality takes what is set for it', ['a 1', 'b 1'], { a: 80, b: 20 }, [0.8, 0.2]],
    ['however many endpoints it has', ['a 1', 'a 1', 'a 1', 'a 1', 'b 1'], { a: 80, b: 20 }, [0.2, 0.2, 0.2, 0.2, 0.2]],
    ['its endpoints share it by their weights', ['a 3', 'a 1', 'b 1'], { a: 80, b: 20 }, [0.6, 0.2, 0.2]],
    ['one that nothing is set for takes nothing', ['a 1', 'b 1', 'c 1'], { a: 50, c: 50 }, [0.5, 0, 0.5]],
    ['what is set for one without endpoints goes to the others', ['a 1', 'c 1'], { a: 60, b: 20, c: 20 }, [0.75, 0.25]],
    ['and so what is set for one without ready endpoints', ['a 1', '!b 1'], { a: 20, b: 80 }, [1, 0]],
  ] as const)('a distribution: %s (LB-4)', (_story, ways, weights, expected) => {
    expect(shares(ways, weights)).toEqual(expected)
  })
})

describe('the parts of a locality', () => {
  it.each([
    ['r/z', 'r/z', 0, 'empty subzones are equal'],
    ['r/z/s', 'r/z', 1, 'an empty subzone is another than a named one'],
    ['r', 'r/z', 2, 'an empty zone is another than a named one'],
    ['r/z/s', 'r/y/s', 2, 'a subzone of the same name in another zone is another one'],
    ['r/z/s', 'q/z/s', 3, 'a zone of the same name in another region is another one'],
    ['', 'r/z/s', 3, 'a client without locality is near to nobody who has one'],
  ])('`%s` to `%s` is %i: %s (LB-5, LB-13)', (from, to, expected) => {
    expect(localityPriority(from, to, [])).toBe(expected)
  })

  it('failover of other regions changes nothing, and several targets of one region are equal (LB-5)', () => {
    const failover = [
      { from: 'r', to: 'q' },
      { from: 'r', to: 'p' },
    ]
    expect(['q', 'p', 'o'].map((to) => localityPriority('r/z', to, failover))).toEqual([3, 3, 4])
    expect(['q', 'p', 'o'].map((to) => localityPriority('x/z', to, failover))).toEqual([3, 3, 3])
    expect(localityPriority('r/z', 'r/y', failover)).toBe(2)
  })

  it.each([
    ['r/*/s', 'r/z/s', true],
    ['r/*/s', 'r/z/t', false],
    ['r/z/s', 'r/z', false],
    ['r/z/*', 'r/z', true],
    ['*/z', 'q/z', true],
    ['*/z', 'q/y', false],
  ])('pattern `%s` takes `%s`: %s (LB-4)', (pattern, locality, expected) => {
    expect(localityMatches(pattern, locality)).toBe(expected)
  })
})

describe('labels in the order of their weight', () => {
  const network = 'topology.istio.io/network'
  const proxy = { [network]: 'n1', a: '1', b: '2', c: '3' }
  it.each([
    ['the first that differs counts, not how many do', ['a', 'b', 'c'], { a: '1', b: 'x', c: 'x' }, 2],
    ['one that differs later is nearer', ['a', 'b', 'c'], { a: '1', b: '2', c: 'x' }, 1],
    ['a label that the endpoint lacks differs', ['a', 'b'], { b: '2' }, 2],
    ['a label that both lack is the same', ['z', 'a'], { a: '1' }, 0],
    ['a label that only the endpoint has differs', ['z', 'a'], { z: '9', a: '1' }, 2],
    ['a value in the list counts instead of the proxy’s', ['a=1', 'b=9'], { a: '1', b: '2' }, 1],
    ['a network that is not first is a label like others', ['a', network], { a: '1', [network]: 'n2' }, 1],
    ['a network first of three adds three, and the others count on', [network, 'a', 'b'], { [network]: 'n2', a: '1', b: 'x' }, 4],
    ['the same network first adds nothing', [network, 'a', 'b'], { [network]: 'n1', a: '1', b: 'x' }, 1],
  ])('%s (LB-6)', (_story, keys, endpoint, expected) => {
    expect(labelPriority(keys, proxy, endpoint)).toBe(expected)
  })
})
