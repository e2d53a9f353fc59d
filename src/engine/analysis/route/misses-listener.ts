import type { MeshPort, MeshService } from '../../snapshot/services/mesh-service.js'
import type { Said } from '../call/outcome.js'
import type { Named } from '../call/stage-values.js'

/**
 * Does the connection miss the service's listener, and why?
 *
 * Declared HTTP ports listen on every address and go by Host; TCP, TLS and undeclared ones listen on the service's address
 * for this proxy, so that another address of the same name passes by. Rules DNS-3, DNS-16, ROUTE-32.
 */
export function missesListener(named: Named, service: MeshService, port: MeshPort, listening: readonly string[]): Said | undefined {
  if (port.protocol === 'HTTP' && service.headless && named.resolvedBy === 'LITERAL') {
    const message = `a request whose Host is the address \`${named.hostname}\` is none of \`${service.hostname}\` to the proxy`
    return { reason: 'ADDRESS_NOT_CAPTURED', message, because: [service.ref] }
  }
  const dialled = named.addresses.filter((address) => address !== 'auto')
  if (port.protocol === 'HTTP' || dialled.length === 0 || listening.length === 0) return undefined
  if (service.headless || service.resolution === 'PASSTHROUGH' || listening.includes('auto')) return undefined
  if (dialled.some((address) => listening.includes(address))) return undefined
  const message = `the application dials \`${dialled[0]}\`, but the proxy listens for \`${service.hostname}\` on \`${listening[0]}\` only`
  return { reason: 'ADDRESS_NOT_CAPTURED', message, because: [service.ref] }
}
