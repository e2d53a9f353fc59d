/** Memory that a worker shares with the main thread: what it works on (0: nothing), and a count that goes on as long as it comes by. */
export type Pulse = SharedArrayBuffer

const places = { working: 0, beats: 1 } as const

export const createPulse = (): Pulse => new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)

export function beatOf(pulse: Pulse): (id: number) => void {
  const cells = new Int32Array(pulse)
  return (id) => {
    Atomics.store(cells, places.working, id)
    Atomics.add(cells, places.beats, 1)
  }
}

/** The request that is worked on. */
export const workingOn = (pulse: Pulse): number => Atomics.load(new Int32Array(pulse), places.working)

/**
 * Finds the request that a worker does not come out of: it worked on it at every look, without coming by once, for as long as `mostMs` of it allows.
 *
 * Looks are counted, not time: where the whole machine stood still nobody looked either.
 */
export function stuckWatch(pulse: Pulse, everyMs: number, mostMs: (id: number) => number): () => number | undefined {
  const cells = new Int32Array(pulse)
  let last = -1
  let looks = 0
  return () => {
    const beats = Atomics.load(cells, places.beats)
    const id = Atomics.load(cells, places.working)
    looks = beats === last && id !== 0 ? looks + 1 : 0
    last = beats
    return looks > 0 && looks * everyMs > mostMs(id) ? id : undefined
  }
}
