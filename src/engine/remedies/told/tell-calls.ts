import { listSome } from '../../analysis/answer/list-some.js'
import type { WrittenRule } from '../rules-for-caller.js'
import type { Allowed } from './denied.js'

/** Service accounts by their namespaces, as people name them, where that tells them apart. */
export function tellCallers(principals: readonly string[]): string {
  const accounts = new Set(
    principals.map((principal) =>
      principal
        .split('/')
        .filter((_, at) => at === 2 || at === 4)
        .join('/'),
    ),
  )
  return listSome(accounts.size === principals.length ? [...accounts] : principals)
}

/** What they may do by it: the request where the rule names one, the port, and whose it is. */
export const tellCalls = (places: readonly Allowed[]): string => [...new Set(places.map(tellCall))].join(' and to ')

/** That a path which has no `*` is that path and none below it. */
export const tellExact = (places: readonly Allowed[]): string =>
  places.some(({ rule }) => (operationOf(rule).paths ?? []).some((path) => !path.includes('*') && !path.includes('{')))
    ? '; no other path is let in by it'
    : ''

const operationOf = (rule: WrittenRule): Operation =>
  ((rule['to'] ?? []) as readonly { readonly operation?: Operation }[])[0]?.operation ?? {}

function tellCall({ denied: { server, ports }, rule }: Allowed): string {
  const { methods = [], paths = [] } = operationOf(rule)
  const told = ports.length === 1 ? `port ${ports[0]} of ` : ''
  const requests = methods.length <= 1 && paths.length <= 1 ? [...methods, ...paths].join(' ') : ''
  const whose = `${told}\`${server.namespace}/${server.owner.name}\``
  return requests === '' ? `call ${whose}` : `send \`${requests}\` to ${whose}`
}

interface Operation {
  readonly methods?: readonly string[]
  readonly paths?: readonly string[]
}
