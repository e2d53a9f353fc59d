/** What may be done to what, by the code that applies the patches of an EnvoyFilter; all else is passed over in silence. */
const all = ['MERGE', 'ADD', 'REMOVE', 'INSERT_BEFORE', 'INSERT_AFTER', 'INSERT_FIRST', 'REPLACE'] as const
const whole = ['MERGE', 'ADD', 'REMOVE'] as const

const operations: Readonly<Record<string, readonly string[]>> = {
  LISTENER: whole,
  FILTER_CHAIN: whole,
  CLUSTER: whole,
  LISTENER_FILTER: all,
  NETWORK_FILTER: all,
  HTTP_FILTER: all,
  ROUTE_CONFIGURATION: ['MERGE'],
  VIRTUAL_HOST: [...whole, 'REPLACE'],
  HTTP_ROUTE: [...whole, 'INSERT_BEFORE', 'INSERT_AFTER', 'INSERT_FIRST'],
  EXTENSION_CONFIG: ['ADD'],
  BOOTSTRAP: ['MERGE'],
}

/** The operations that have an effect there; undefined: no such thing is known, or no operation. */
export const operationsOn = (applyTo: string): readonly string[] | undefined =>
  Object.hasOwn(operations, applyTo) ? operations[applyTo] : undefined

/** They need something that is there already, or that another patch has put there before. */
export const isRelative = (operation: string): boolean =>
  operation === 'INSERT_BEFORE' || operation === 'INSERT_AFTER' || operation === 'REPLACE' || operation === 'REMOVE'

/** What is no part of a filter: its value has no configuration of one. */
export const isRoute = (applyTo: string): boolean =>
  applyTo === 'HTTP_ROUTE' || applyTo === 'VIRTUAL_HOST' || applyTo === 'ROUTE_CONFIGURATION'
