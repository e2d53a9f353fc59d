/**
 * Which ways through a gateway are one?
 *
 * A control plane hands out a gateway once for each locality of the endpoints that it stands for (NET-20). Where the client's proxy sends the same to
 * all of these entries, they lead to the same endpoints behind the gateway, with the same end.
 */
import { pause } from '../../pause.js'
import type { Client } from '../call/call.js'
import { clientTransport } from '../transport/client-transport.js'
import { createNumbers } from './numbers.js'
import type { NetworkPath, RouteTarget } from '../call/stage-values.js'
import type { Endpoint } from '../../istiod/endpoints/endpoint.js'
import type { TracedPath } from '../answer/traced-path.js'

/** What is known of the ways of one route target so far. */
export interface TwinWays {
  /** What a twin of the path was followed to, else what `follow` finds. */
  once(path: NetworkPath, follow: () => readonly TracedPath[]): readonly TracedPath[]
}

export function createTwinWays(client: Client, target: RouteTarget | undefined): TwinWays {
  const known = new Map<string, readonly TracedPath[]>()
  const numberOf = createNumbers()
  /** Undefined: what is not mutual TLS ends at the gateway, and its sentence may be about the entry. */
  const kindOf = (path: NetworkPath): string | undefined => {
    const sent = path.passage === undefined ? undefined : clientTransport(client, target, path)
    if (sent?.protocol !== 'ISTIO_MUTUAL') return undefined
    const because = sent.because.length === 0 ? '' : numberOf(sent.because)
    return `${numberOf(path.passage?.gateway)} ${path.endpoint.tlsMode} ${because}`
  }
  return {
    once: (path, follow) => {
      pause()
      const kind = kindOf(path)
      if (kind === undefined) return follow()
      const twin = known.get(kind)
      if (twin !== undefined) return twin.every(isHandedOn) ? twin : twin.map((one) => atEntry(one, path.endpoint))
      const traced = follow()
      known.set(kind, traced)
      return traced
    },
  }
}

const isHandedOn = ({ path }: TracedPath): boolean => path.passage?.proxy !== undefined

/** A way that does not lead on keeps the endpoint that it was chosen for. */
const atEntry = (traced: TracedPath, endpoint: Endpoint): TracedPath =>
  isHandedOn(traced) ? traced : { ...traced, path: { ...traced.path, endpoint } }
