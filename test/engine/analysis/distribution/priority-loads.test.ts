import { describe, expect, it } from 'vitest'
import { priorityLoads } from '#engine/analysis/distribution/priority-loads'

/** Of each priority: how many of its endpoints are ready, and how many are not. */
const loads = (...ranks: readonly (readonly [ready: number, unready: number])[]): readonly number[] => {
  const endpoints = ranks.flatMap(([ready, unready], rank) => [
    ...Array.from({ length: unready }, () => ({ rank, ready: false })),
    ...Array.from({ length: ready }, () => ({ rank, ready: true })),
  ])
  return [...priorityLoads(endpoints)].sort(([a], [b]) => a - b).map(([, load]) => load)
}

describe('what the priorities take (LB-10)', () => {
  it.each([
    [
      'the first takes all while it is ready',
      [
        [2, 0],
        [1, 0],
      ],
      [1, 0],
    ],
    [
      'and with five of seven ready as well',
      [
        [5, 2],
        [1, 0],
      ],
      [1, 0],
    ],
    [
      'half of it ready takes 70 %',
      [
        [1, 1],
        [1, 0],
      ],
      [0.7, 0.3],
    ],
    [
      'a third of it ready takes 46 %',
      [
        [1, 2],
        [1, 0],
      ],
      [0.46, 0.54],
    ],
    [
      'none of it ready takes nothing',
      [
        [0, 2],
        [1, 0],
      ],
      [0, 1],
    ],
    [
      'what the second may not take goes to the third',
      [
        [1, 3],
        [1, 3],
        [1, 0],
      ],
      [0.35, 0.35, 0.3],
    ],
    [
      'together too few take all in proportion',
      [
        [1, 3],
        [1, 3],
      ],
      [0.5, 0.5],
    ],
    [
      'what rounding leaves is the first one’s',
      [
        [0, 1],
        [1, 5],
        [1, 5],
        [1, 5],
      ],
      [0, 0.34, 0.33, 0.33],
    ],
    ['nothing is taken where nobody is ready', [[0, 2]], [0]],
  ] as const)('%s', (_title, ranks, expected) => {
    const found = loads(...ranks)
    expect(found.map((load) => Math.round(load * 100) / 100)).toEqual(expected)
  })
})
