import type { ResourceRef } from '../../model/resource-ref.js'
import type { Rest } from './match.js'

/** What the policies at one end make of a connection, who says so, and what it rests on. */
export interface Decision {
  readonly value: 'ALLOWED' | 'DENIED' | 'UNKNOWN'
  readonly because: readonly ResourceRef[]
  /** The policies and what they do, as a part of a sentence; of what is UNKNOWN, what decides and is missing. */
  readonly message: string
  readonly rests: readonly Rest[]
  /** Set where a policy for the whole cluster decided, which not every plugin knows (NP-2). */
  readonly admin?: true
  /** UNKNOWN since a policy is kept and not evaluated (NP-40). */
  readonly unmodelled?: true
}

export const allowed = (message: string, because: readonly ResourceRef[] = [], rests: readonly Rest[] = []): Decision => ({
  value: 'ALLOWED',
  because,
  message,
  rests,
})

export const denied = (message: string, because: readonly ResourceRef[], rests: readonly Rest[] = []): Decision => ({
  value: 'DENIED',
  because,
  message,
  rests,
})

export const unknown = (message: string, because: readonly ResourceRef[]): Decision => ({ value: 'UNKNOWN', because, message, rests: [] })

/** Either of two holds, and it is not known which. */
export const eitherOf = (a: Decision, b: Decision, missing: string): Decision => {
  const because = [...a.because, ...b.because]
  if (a.value === b.value) return { ...a, because, rests: [...new Set([...a.rests, ...b.rests])] }
  return a.value === 'UNKNOWN' ? { ...a, because } : b.value === 'UNKNOWN' ? { ...b, because } : unknown(missing, because)
}
