import { findNumber, type Raw, type Reading, readList } from '../reading.js'
import { type BackendReference, readBackendReference } from './backend-reference.js'
import { readRouteFilters, type RouteFilter } from './route-filter.js'

/** Where a rule of a route sends, and with which share. */
export interface RouteBackend extends BackendReference {
  readonly weight: number
  readonly filters: readonly RouteFilter[]
}

const noFilters: readonly RouteFilter[] = []

/** The backends of a rule, which stands `at` this path. */
export const readBackends = (reading: Reading, rule: Raw, at: string, home: string): readonly RouteBackend[] =>
  readList(reading, rule, 'backendRefs', at, (inner, ref, where) => {
    const { kind, namespace, namespaced, name, port } = readBackendReference(inner, ref, where, home)
    const weight = findNumber(inner, ref, 'weight', where) ?? 1
    const filters = ref['filters'] === undefined ? noFilters : readRouteFilters(inner, ref, where, home)
    return { kind, namespace, namespaced, name, port, weight, filters }
  })
