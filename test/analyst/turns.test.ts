import { describe, expect, it } from 'vitest'
import type { Job } from '#analyst/turn-taking/task'
import { createTurns } from '#analyst/turn-taking/turns'
import { want, type Work } from '#analyst/turn-taking/work'

/** A thread whose time passes only where the work says so; `arrivals` come in when it is looked for them. */
const thread = (arrivals: (readonly [at: number, arrive: () => void])[] = []) => {
  const clock = { ms: 0 }
  const log: string[] = []
  const beats: number[] = []
  const turns = createTurns({
    now: () => clock.ms,
    receive: () => {
      while (arrivals[0] !== undefined && arrivals[0][0] <= clock.ms) arrivals.shift()?.[1]()
    },
    flush: () => undefined,
    beat: (id) => beats.push(id),
    wake: () => undefined,
    patience: 10_000,
  })
  let last = 0
  /** Works in steps of so many milliseconds, between which it can be put down. */
  const steps = (count: number, ms = 1) =>
    function* (): Work<string> {
      for (let step = 0; step < count; step += 1) {
        clock.ms += ms
        yield 'PUT_DOWN'
      }
      return 'done'
    }
  /** Works in one piece, and pauses every millisecond. */
  const piece = (ms: number) =>
    function* (): Work<string> {
      for (let step = 0; step < ms; step += 1) {
        clock.ms += 1
        turns.pause()
      }
      yield 'PUT_DOWN'
      return 'done'
    }
  const add = (name: string, begin: Job['begin'], over: Partial<Job> = {}): number => {
    last += 1
    turns.add({
      id: last,
      client: name,
      topology: 't',
      limit: 10_000,
      begin,
      done: (outcome) => {
        try {
          log.push(`${name} ${String(outcome())} at ${clock.ms}`)
        } catch (error) {
          log.push(`${name} ${(error as { readonly code?: string }).code ?? String(error)} at ${clock.ms}`)
        }
      },
      ...over,
    })
    return last
  }
  const run = (): readonly string[] => {
    while (turns.run()) arrivals.filter(([at]) => at <= clock.ms)
    return log
  }
  const endOf = (name: string): number => Number(log.find((line) => line.startsWith(`${name} `))?.split(' at ')[1])
  return { clock, turns, log, beats, steps, piece, add, run, endOf }
}

describe('turns', () => {
  it('alternate between clients, whatever each of them has sent', () => {
    const { add, steps, run, endOf } = thread()
    for (let index = 0; index < 20; index += 1) add('many', steps(100))
    add('one', steps(50))
    run()
    // Two clients share: what takes 50 ms by itself takes 100, and a slice.
    expect(endOf('one')).toBeLessThanOrEqual(125)
  })

  it('alternate between the topologies of a client', () => {
    const { add, steps, run, log } = thread()
    for (let index = 0; index < 20; index += 1) add('me', steps(100), { topology: 'large' })
    add('me', steps(50), { topology: 'small' })
    run()
    const small = log.findIndex((line) => Number(line.split(' at ')[1]) <= 125)
    expect(small).toBe(0)
    expect(log).toHaveLength(21)
  })

  it('of a client who has been away are no more than those of who comes new', () => {
    const { add, steps, run, endOf, clock, turns } = thread()
    add('before', steps(1))
    add('steady', steps(1000))
    while (clock.ms < 500) turns.run()
    add('before', steps(200))
    add('late', steps(200))
    run()
    // From 500 on three share; nobody is owed for the time before.
    expect(endOf('late')).toBeGreaterThan(1_000)
    expect(endOf('late')).toBeLessThan(1_200)
  })

  it('come also where somebody works in one piece: others are served on top of it', () => {
    const arrivals: [number, () => void][] = []
    const { add, piece, run, endOf } = thread(arrivals)
    add('long', piece(5_000))
    for (let at = 100; at <= 4_000; at += 100) arrivals.push([at, () => add(`short${at}`, piece(2))])
    run()
    for (let at = 100; at <= 4_000; at += 100) expect(endOf(`short${at}`) - at).toBeLessThanOrEqual(12)
    expect(endOf('long')).toBe(5_000 + 40 * 2)
  })

  it('of a slice are not taken from anybody who has begun: what is short comes to its end, whoever comes', () => {
    const { add, piece, run, endOf } = thread([[3, () => add('long', piece(400))]])
    add('short', piece(10))
    run()
    expect(endOf('short')).toBe(10)
    expect(endOf('long')).toBe(410)
  })

  it('of who comes new keep somebody who had a slice waiting for no longer than two', () => {
    const { add, piece, run, endOf } = thread([[30, () => add('long', piece(400))]])
    add('middle', piece(60))
    run()
    expect(endOf('middle')).toBeLessThanOrEqual(60 + 2 * 25 + 10)
  })

  it('on top of somebody end where what lies below is owed more, and begin again with twice the time', () => {
    const arrivals: [number, () => void][] = []
    const { add, piece, run, endOf } = thread(arrivals)
    add('first', piece(3_000))
    arrivals.push([50, () => add('second', piece(450))], [1_000, () => add('short', piece(5))])
    run()
    // Tries of 50, 100, 200, 400 and 800 ms, between which the first goes on for as long: the last one is enough.
    expect(endOf('second')).toBeLessThan(3_000)
    expect(endOf('short') - 1_000).toBeLessThanOrEqual(20)
    expect(endOf('first')).toBeLessThanOrEqual(3_000 + 2 * 1_450)
  })

  it('of who comes new come at once, however deep others lie on top of one another, and whatever is owed to these', () => {
    const arrivals: [number, () => void][] = []
    const { add, piece, steps, run, endOf } = thread(arrivals)
    for (let index = 0; index < 8; index += 1) add(`heavy ${index}`, piece(1000), { client: 'same', topology: `heavy ${index}` })
    const times = [500, 1500, 2500, 3500]
    for (const at of times) arrivals.push([at, () => void add(`light-${at}`, steps(3), { client: 'same', topology: `light ${at}` })])
    run()
    for (const at of times) expect(endOf(`light-${at}`) - at).toBeLessThanOrEqual(25)
  })

  it('of who comes new are taken from the share of their own client', () => {
    const arrivals: [number, () => void][] = []
    const { add, piece, steps, run, endOf } = thread(arrivals)
    add('heavy', piece(1000), { client: 'one', topology: 'heavy' })
    for (let at = 5; at < 8000; at += 10)
      arrivals.push([at, () => void add(`light-${at}`, steps(8), { client: 'other', topology: `light-${at}` })])
    run()
    // Two clients share: what takes 1000 ms by itself takes 2000, what newcomers had saved, and a few slices.
    expect(endOf('heavy')).toBeLessThanOrEqual(2200)
  })

  it('let nobody starve whose work is in one piece', () => {
    const arrivals: [number, () => void][] = []
    const { add, piece, run, endOf } = thread(arrivals)
    add('long', piece(1_000))
    for (let at = 10; at < 4_000; at += 10) arrivals.push([at, () => add('flood', piece(20))])
    run()
    // The flood asks for twice what there is; it gets half.
    expect(endOf('long')).toBeLessThanOrEqual(2_200)
  })

  it('are counted by own time alone: waiting behind others and loading never make a question too long', () => {
    const { add, piece, steps, run, clock } = thread()
    add('others', steps(20_000), { limit: 100_000 })
    add('mine', piece(90), { limit: 100 })
    add(
      'cold',
      function* () {
        yield 'LOADING'
        clock.ms += 500
        yield 'LOADED'
        clock.ms += 50
        return 'done'
      },
      { limit: 100 },
    )
    add('endless', piece(1_000_000), { limit: 100 })
    const log = run()
    expect(log.filter((line) => !line.startsWith('endless')).every((line) => line.includes('done'))).toBe(true)
    expect(log.find((line) => line.startsWith('endless'))).toContain('TOO_COMPLEX')
  })

  it('of who went away are not taken, and what was begun for them ends', () => {
    const arrivals: [number, () => void][] = []
    let ended = false
    const { add, steps, piece, run, log, turns, clock } = thread(arrivals)
    const away = add('away', function* () {
      try {
        yield* steps(1_000)()
      } finally {
        ended = true
      }
    })
    const deep = add('deep', piece(1_000))
    arrivals.push([100, () => (turns.cancel(away), turns.cancel(deep))])
    run()
    expect([log, ended]).toEqual([[], true])
    expect(clock.ms).toBeLessThan(150)
  })

  it('are not promised where they would come too late', () => {
    const { add, steps, run, log, turns, clock } = thread()
    for (let index = 0; index < 2; index += 1) add('busy', steps(2_000 + index * 2_000))
    while (clock.ms < 4_500) turns.run()
    expect(log).toHaveLength(1)
    // One took two seconds, one is under way: who comes sixth would wait for twelve, and nobody of another client.
    for (let index = 0; index < 7; index += 1) add('busy', steps(100))
    add('other', steps(100))
    expect(log.slice(1).map((line) => line.split(' at ')[0])).toEqual(['busy OVERLOADED', 'busy OVERLOADED'])
    run()
    expect(log.filter((line) => line.includes('done'))).toHaveLength(8)
  })

  it('that nobody had within the time are refused, and not taken late', () => {
    const { add, steps, run, log } = thread()
    add('one', steps(2, 11_000), { limit: 100_000 })
    add('one', steps(1))
    run()
    expect(log).toEqual(['one OVERLOADED at 11000', 'one done at 22000'])
  })

  it('wait for what was wanted without holding the thread, and go on with what arrived or with its failure', () => {
    const { add, steps, run, log, turns } = thread()
    const arrive: ((given: () => string) => void)[] = []
    const wanting = function* (): Work<string> {
      return yield* want<string>((deliver) => arrive.push(deliver))
    }
    add('gets', wanting)
    add('fails', wanting)
    add('other', steps(3))
    run()
    expect(log).toEqual(['other done at 3'])
    arrive[0]?.(() => 'something')
    arrive[1]?.(() => {
      throw new Error('gone')
    })
    while (turns.run());
    expect(log.slice(1)).toEqual(['gets something at 3', 'fails Error: gone at 3'])
  })

  it('tell whose they are', () => {
    const { add, piece, beats, run } = thread()
    const id = add('only', piece(20))
    run()
    expect([beats[0], beats.at(-1)]).toEqual([id, 0])
    expect(beats.filter((each) => each === id).length).toBeGreaterThan(2)
  })
})

describe('what is large', () => {
  it('is done one after the other, however long it waits, and keeps small ones from nothing', () => {
    const underWay = new Set<string>()
    let most = 0
    const { add, piece, run, endOf, log } = thread([[10, () => add('small', piece(5))]])
    const counted = (name: string): Job['begin'] =>
      function* () {
        underWay.add(name)
        most = Math.max(most, underWay.size)
        const value = yield* piece(15_000)()
        underWay.delete(name)
        return value
      }
    for (const name of ['a', 'b', 'c']) add(name, counted(name), { isLarge: true, limit: 60_000 })
    run()
    expect(most).toBe(1)
    expect(endOf('small')).toBeLessThan(50)
    expect(log.filter((line) => line.includes('done'))).toHaveLength(4)
  })
})
