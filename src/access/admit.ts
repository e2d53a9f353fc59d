import { AppError } from '#engine/model/app-error'
import type { Caller } from './caller.js'
import { covers } from './covers.js'
import { noTopology } from './no-topology.js'
import { type Deed, type Permission, permissions } from './permissions.js'
import { refuse } from './refuse.js'

/**
 * Goes on only where the caller may do this, to the topology of this name where it is done to one.
 *
 * FORBIDDEN where it takes more than the caller has; TOPOLOGY_NOT_FOUND, as of one that does not exist, where the topology is none of theirs.
 */
export function admit(caller: Caller, deed: Deed, topology?: string): void {
  const refusal = refusalOf(caller, permissions[deed], topology)
  if (refusal !== undefined) refuse(caller, deed, topology, refusal)
}

function refusalOf(caller: Caller, permission: Permission, topology: string | undefined): AppError | undefined {
  const { scope, elsewhere, tenants, everywhere } = permission
  if (scope !== 'ANY' && !caller.scopes.includes(scope)) return forbidden(`this takes the scope \`${scope}\`, which ${lacking(caller)}`)
  if (caller.tenants !== undefined && tenants === 'REFUSED') {
    return forbidden('this shows or changes more than the things of some tenants, to which the token is limited')
  }
  if (everywhere && !caller.topologies.includes('*')) return forbidden('this takes a token for all topologies')
  if (topology === undefined || covers(caller.topologies, topology)) return undefined
  return elsewhere === 'NOT_FOUND' ? noTopology(topology) : forbidden(`the token is for other topologies than \`${topology.slice(0, 80)}\``)
}

const forbidden = (message: string): AppError => new AppError('FORBIDDEN', message)

const lacking = ({ scopes }: Caller): string =>
  scopes.length === 0
    ? 'the token does not have: it has none'
    : `the token does not have: it has ${scopes.map((scope) => `\`${scope}\``).join(', ')}`
