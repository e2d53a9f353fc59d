/**
 * Time that goes to newcomers before anybody's turn: a quarter of what passes, saved up to a bound.
 *
 * Who comes new stands where a fair share of the others stands, and on top of one another some of these may be far behind it: a question of milliseconds would wait for
 * all that they are owed. So it is served first, as long as newcomers together do not take more than this; beyond that they wait like everybody.
 */
export interface Favour {
  /** There is time for a newcomer. */
  isLeft(): boolean
  /** A newcomer took so many milliseconds of it. */
  spend(ms: number): void
}

const share = 0.25
/** Milliseconds. */
const most = 100

export function createFavour(now: () => number): Favour {
  let [saved, at] = [most, now()]
  const gather = (): number => {
    const moment = now()
    saved = Math.min(most, saved + share * (moment - at))
    at = moment
    return saved
  }
  return {
    isLeft: () => gather() > 0,
    spend: (ms) => {
      saved = gather() - ms
    },
  }
}
