import type { Caller } from './caller.js'

/** Whoever runs this process on files or on a store of their own: nothing is kept from them. */
export const operator: Caller = {
  id: 'operator',
  key: 'operator',
  address: null,
  scopes: ['read', 'write', 'admin'],
  topologies: ['*'],
  tenants: undefined,
}
