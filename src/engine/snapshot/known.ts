import type { ResourceRef } from '../model/resource-ref.js'
import type { Fact } from './fact.js'

/** Facts by their origin. */
export const stated = <T>(value: T, because: readonly ResourceRef[]): Fact<T> => ({ value, provenance: 'STATED', because })
export const derived = <T>(value: T, because: readonly ResourceRef[]): Fact<T> => ({ value, provenance: 'DERIVED', because })
export const assumed = <T>(value: T, because: readonly ResourceRef[] = []): Fact<T> => ({ value, provenance: 'ASSUMED', because })
export const byDefault = <T>(value: T): Fact<T> => ({ value, provenance: 'DEFAULT', because: [] })

const nothing: Fact<never> = Object.freeze({ value: undefined, provenance: 'DEFAULT', because: Object.freeze([]) })

/** Neither stated nor in any object. */
export const unknown = <T>(): Fact<T> => nothing

/** The first fact that has a value: facts are given in order of precedence, stated before derived. */
export const firstKnown = <T>(...facts: readonly Fact<T>[]): Fact<T> => facts.find((fact) => fact.value !== undefined) ?? nothing
