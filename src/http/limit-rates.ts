import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Counted } from '#access/leased-counts'
import { AppError } from '#engine/model/app-error'

type Options = Parameters<typeof rateLimit>[1]
type StoreMaker = NonNullable<Options['store']>

const minute = 60_000

/** Refuses a request of a caller who has sent too many. */
export type LimitRate = (request: FastifyRequest, reply: FastifyReply) => Promise<void>

/**
 * Holds every caller, by its key, to `max` requests a minute, counted by `count`, and says on every answer how many are left
 * (`RateLimit-Policy`, `RateLimit`); on a refusal, RATE_LIMITED, also when to come back.
 */
export async function limitRates(app: FastifyInstance, max: number, count: (key: string) => Promise<Counted>): Promise<LimitRate> {
  // The limiter takes its store here, and passes over one that is stated with a limit.
  await app.register(rateLimit, { global: false, store: storeOf(count) })
  const check = app.createRateLimit({
    max,
    timeWindow: minute,
    keyGenerator: ({ caller }) => caller?.key ?? '',
  })
  return async (request, reply) => {
    const checked = await check(request)
    if (checked.isAllowed) return
    const { remaining, ttlInSeconds } = checked
    reply.header('ratelimit-policy', `"token";q=${max};w=${minute / 1000}`).header('ratelimit', `"token";r=${remaining};t=${ttlInSeconds}`)
    if (!checked.isExceeded) return
    reply.header('retry-after', String(ttlInSeconds))
    throw new AppError(
      'RATE_LIMITED',
      `more than ${max} requests were sent with this token in a minute: come back in ${ttlInSeconds} seconds`,
    )
  }
}

/** The counts as the limiter takes them: it makes its store with `new`. */
const storeOf = (count: (key: string) => Promise<Counted>): StoreMaker => {
  const store = {
    incr: (key: string, done: (error: Error | null, result?: { current: number; ttl: number }) => void): void => {
      void (async () => {
        const { current, leftMs } = await count(key)
        done(null, { current, ttl: Math.max(0, Math.ceil(leftMs)) })
      })()
    },
    child: () => store,
  }
  return function LeasedStore() {
    return store
  } as unknown as StoreMaker
}
