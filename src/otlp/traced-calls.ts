import type { Tracing } from './tracing.js'

/** The same functions, each call in a span named after the room and the function. */
export const tracedCalls = <T extends object>(room: string, calls: T, { during }: Tracing): T =>
  Object.fromEntries(
    Object.entries(calls).map(([name, call]: [string, unknown]) => [
      name,
      typeof call === 'function'
        ? (...args: unknown[]) => during(`${room} ${name}`, {}, async () => Reflect.apply(call, calls, args))
        : call,
    ]),
  ) as T
