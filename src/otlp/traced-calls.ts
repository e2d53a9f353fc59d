import type { Tracing } from './tracing.js'

/** The same functions, each call that is waited for in a span named after the room and the function; others as they are. */
export const tracedCalls = <T extends object>(room: string, calls: T, { during }: Tracing): T =>
  Object.fromEntries(
    Object.entries(calls).map(([name, call]: [string, unknown]) => {
      if (typeof call !== 'function') return [name, call]
      const traced = (...args: unknown[]): unknown => {
        const begun: unknown = Reflect.apply(call, calls, args)
        return begun instanceof Promise ? during(`${room} ${name}`, {}, () => begun) : begun
      }
      return [name, traced]
    }),
  ) as T
