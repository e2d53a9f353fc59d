import { AppError } from '#engine/model/app-error'
import type { Caller } from './caller.js'
import { covers } from './covers.js'
import { noTopology } from './no-topology.js'
import { type Deed, type Permission, permissions } from './permissions.js'

/**
 * Goes on only where the caller may do this, to the topology of this name where it is done to one.
 *
 * FORBIDDEN where it takes more than the caller has; TOPOLOGY_NOT_FOUND, as of one that does not exist, where the topology is none of theirs.
 */
export function admit(caller: Caller, deed: Deed, topology?: string): void {
  const permission: Permission = permissions[deed]
  const { scope, elsewhere, tenants, everywhere } = permission
  if (scope !== 'ANY' && !caller.scopes.includes(scope))
    throw new AppError('FORBIDDEN', `this takes the scope \`${scope}\`, which ${lacking(caller)}`)
  if (caller.tenants !== undefined && tenants === 'REFUSED') {
    throw new AppError('FORBIDDEN', 'this shows or changes more than the things of some tenants, to which the token is limited')
  }
  if (everywhere && !caller.topologies.includes('*')) throw new AppError('FORBIDDEN', 'this takes a token for all topologies')
  if (topology === undefined || covers(caller.topologies, topology)) return
  if (elsewhere === 'NOT_FOUND') throw noTopology(topology)
  throw new AppError('FORBIDDEN', `the token is for other topologies than \`${topology.slice(0, 80)}\``)
}

const lacking = ({ scopes }: Caller): string =>
  scopes.length === 0
    ? 'the token does not have: it has none'
    : `the token does not have: it has ${scopes.map((scope) => `\`${scope}\``).join(', ')}`
