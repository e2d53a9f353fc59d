/**
 * Which ways through a gateway are one?
 *
 * A control plane hands out a gateway once for each locality of the endpoints that it stands for (NET-20). Where the client's proxy sends the same to
 * all of these entries, they lead to the same endpoints behind the gateway, with the same end.
 */
import type { Client } from './client.js'
import { clientTransport } from './client-transport.js'
import { createNumbers } from './numbers.js'
import type { NetworkPath, RouteTarget } from './stage-values.js'
import type { TracedPath } from './trace-path.js'

/** What is known of the ways of one route target so far. */
export interface TwinWays {
  /** What a twin of the path was followed to, else what `follow` finds. */
  once(path: NetworkPath, follow: () => readonly TracedPath[]): readonly TracedPath[]
}

export function createTwinWays(client: Client, target: RouteTarget | undefined): TwinWays {
  const known = new Map<string, { readonly entry: NetworkPath['endpoint']; readonly traced: readonly TracedPath[] }>()
  const numberOf = createNumbers()
  const kindOf = (path: NetworkPath): string => {
    const sent = clientTransport(client, target, path)
    const because = sent === undefined || sent.because.length === 0 ? '' : numberOf(sent.because)
    return `${numberOf(path.passage?.gateway)} ${path.endpoint.tlsMode} ${sent?.protocol} ${because} ${sent?.message}`
  }
  return {
    once: (path, follow) => {
      if (path.passage === undefined) return follow()
      const kind = kindOf(path)
      const twin = known.get(kind)
      if (twin !== undefined) return atEntry(twin.traced, twin.entry, path.endpoint)
      const traced = follow()
      known.set(kind, { entry: path.endpoint, traced })
      return traced
    },
  }
}

/** A way that ends at its entry keeps the entry as its own endpoint. */
const atEntry = (traced: readonly TracedPath[], twin: NetworkPath['endpoint'], own: NetworkPath['endpoint']): readonly TracedPath[] =>
  traced.some(({ path }) => path.endpoint === twin)
    ? traced.map((one) => (one.path.endpoint === twin ? { ...one, path: { ...one.path, endpoint: own } } : one))
    : traced
