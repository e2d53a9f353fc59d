/**
 * Work that can be put down: a generator that yields where others may have their turn, and what it cannot go on without.
 *
 * In a worker many of these are under way at once, whose turn it is says `turns.ts`; on the command line each is finished by itself.
 */
export type Work<T> = Generator<Stop, T, unknown>

/**
 * Why work stops. A want is told how to hand over what it asks for; PUT_DOWN: only so that others have their turn; LOADING to LOADED: the time is that of
 * the store and of reading what it has, not the question's own.
 */
export type Stop = Want | 'PUT_DOWN' | 'LOADING' | 'LOADED'

/** Asks for something; it arrives as a function that returns it, or throws why it does not come. */
export type Want = (arrive: (given: () => unknown) => void) => void

export function* want<T>(ask: (arrive: (given: () => T) => void) => void): Work<T> {
  const given = yield ask as Want
  return (given as () => T)()
}

/** Goes on when the promise is settled. */
export const settled = <T>(promise: Promise<T>): Work<T> =>
  want<T>((arrive) => {
    promise.then(
      (value) => arrive(() => value),
      (error: unknown) => arrive(() => rethrow(error)),
    )
  })

const rethrow = (error: unknown): never => {
  throw error
}

/** What can be put down between its steps. */
export function* inTurns<T>(steps: Generator<undefined, T>): Work<T> {
  for (;;) {
    const { value, done } = steps.next()
    if (done === true) return value
    yield 'PUT_DOWN'
  }
}

/** All of it, with nobody else's turn between. */
export async function finish<T>(work: Work<T>): Promise<T> {
  for (let given: unknown; ; ) {
    const { value, done } = work.next(given)
    if (done === true) return value
    given = typeof value === 'function' ? await new Promise((resolve) => value((each) => resolve(each))) : undefined
  }
}
