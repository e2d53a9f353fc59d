import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'

/** Would the proxy take a record of the host that stands in that namespace? */
export const importsFrom =
  ({ listeners }: ProxyScope, host: string) =>
  (namespace: string): boolean =>
    listeners.some(({ listener }) => listener.imports(namespace, host))

/** Would it take routes of that namespace for the host? */
export const routesFrom =
  ({ listeners }: ProxyScope, host: string) =>
  (namespace: string): boolean =>
    listeners.some(({ listener }) => listener.importsRoutesFor(namespace, host))
