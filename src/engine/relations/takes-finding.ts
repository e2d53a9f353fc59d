import type { FindingFilter } from '../model/report.js'
import type { Finding } from '../model/report.js'

const places = ['cluster', 'namespace', 'kind', 'name'] as const

/** Is the finding one of those that are wanted? What is not stated narrows nothing. */
export const takesFinding =
  (filter: FindingFilter) =>
  ({ severity, code, resource }: Finding): boolean =>
    isAmong(filter.severities, severity) &&
    isAmong(filter.codes, code) &&
    places.every((place) => !filter[place] || resource?.[place] === filter[place])

const isAmong = <T>(wanted: readonly T[] | null | undefined, one: T): boolean => !wanted || wanted.length === 0 || wanted.includes(one)
