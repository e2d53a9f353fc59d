import type { Caller } from '#access/caller'
import { operator } from '#access/operator'

const known: Caller = { ...operator, id: 'token:test', key: 'token:test', address: '192.0.2.7' }

/** Whoever may call, about the topology `shop`. */
export const roles = {
  powerless: { ...known, scopes: [] },
  reader: { ...known, scopes: ['read'] },
  writer: { ...known, scopes: ['write'] },
  admin: { ...known, scopes: ['admin'] },
  /** Allowed everything, in other topologies. */
  stranger: { ...known, topologies: ['bank', 'shop-*', '*-shop'] },
  tenant: { ...known, scopes: ['read'], tenants: ['team-a'] },
} as const satisfies Readonly<Record<string, Caller>>

export type Role = keyof typeof roles
export const roleNames = Object.keys(roles) as readonly Role[]
