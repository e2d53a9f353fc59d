import type { OperationBook } from '../operations/operation-book.js'
import type { RestDependencies, Routes } from '../routes.js'
import { groupRoutes } from './groups.js'
import { proxyConfigRoute } from './proxy-config.js'
import { reachabilityRoute } from './reachability.js'
import { trustRoute } from './trust.js'
import { visibilityRoute } from './visibility.js'

/** The questions about a version, a module each. */
export function questionRoutes(routes: Routes, dependencies: RestDependencies, operations: OperationBook): void {
  reachabilityRoute(routes, dependencies)
  proxyConfigRoute(routes, dependencies)
  visibilityRoute(routes, dependencies)
  trustRoute(routes, dependencies)
  groupRoutes(routes, dependencies, operations)
}
