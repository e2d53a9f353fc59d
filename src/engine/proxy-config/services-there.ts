import type { ProxyScope } from '../istiod/scope/proxy-scope.js'
import type { ScopedService } from '../istiod/scope/proxy-scope.js'

/** Services of the scope of which there is an object: what a control plane has yet to make of a Gateway it tells no proxy of (GWAPI-14). */
export const servicesThere = ({ services }: ProxyScope): readonly ScopedService[] =>
  [...services.values()].filter(
    ({ service: { definitions } }) => definitions.length === 0 || definitions.some(({ service }) => service.madeFor === undefined),
  )
