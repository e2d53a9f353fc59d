import { type Complaint, textIn } from './fields.js'
import type { Raw } from '../../resources/reading.js'

const millisecond = 1_000_000
const second = 1000 * millisecond

/** In nanoseconds. */
const units: Readonly<Record<string, number>> = {
  h: 3600 * second,
  m: 60 * second,
  s: second,
  ms: millisecond,
  us: 1000,
  µs: 1000,
  μs: 1000,
  ns: 1,
}

/** Nanoseconds of a duration as Go writes it, such as `1.5s` or `1h30m`; NaN: it is none, which its schema says. */
const nanosecondsIn = (text: string): number => {
  const pieces = text.split(/([a-zµμ]+)/)
  let total = 0
  for (let at = 0; at + 1 < pieces.length; at += 2) {
    const [whole, fraction = ''] = (pieces[at] ?? '').split('.')
    const unit = units[pieces[at + 1] ?? ''] ?? Number.NaN
    // Less than a nanosecond is cut off; what a product of fractions lacks is not.
    total += Number(whole) * unit + Math.floor(Number(`0.${fraction}`) * unit + 0.001)
  }
  return total
}

/** istiod takes durations of whole milliseconds, some of whole seconds only; those below a millisecond are the business of schemas. */
export function* checkDuration(from: Raw, key: string, at: string, step: 'millisecond' | 'second' = 'millisecond'): Iterable<Complaint> {
  const text = textIn(from, key)
  const nanoseconds = nanosecondsIn(text)
  if (nanoseconds < millisecond) return
  if (nanoseconds % (step === 'second' ? second : millisecond) > 0)
    yield { at: `${at}.${key}`, says: `is \`${text}\`, which is finer than a ${step}` }
}
