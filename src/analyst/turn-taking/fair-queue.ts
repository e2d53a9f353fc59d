/**
 * Whose turn is it? Of the clients that wait the one that was served least, of its topologies likewise, and there who was served least and came
 * first.
 *
 * Served is milliseconds, from where a fair share of the others stood when somebody came: who comes new neither owes what was used before, nor is
 * owed for having been away.
 */

/** Who takes turns, and about what. */
export interface Entrant {
  readonly client: string
  readonly topology: string
}

/** A place in the queue, from `enter` to `leave`. */
export interface Place<T> {
  item: T
  readonly topology: Topology<T>
  served: number
  /** Had no turn yet. */
  fresh: boolean
  /** Milliseconds that it had. */
  had: number
}

/** Those who share turns: `share` is where each of them would stand had all been served alike. */
interface Sharing {
  served: number
  share: number
  members: number
  waiting: number
}

interface Topology<T> extends Sharing {
  readonly name: string
  readonly client: Client<T>
  /** First turns, in the order in which they came. */
  readonly fresh: Set<Place<T>>
  readonly again: Set<Place<T>>
  /** Milliseconds that one usually takes. */
  usual: number
}

interface Client<T> extends Sharing {
  readonly name: string
  readonly topologies: Map<string, Topology<T>>
}

export interface FairQueue<T> {
  enter(entrant: Entrant, item: T): Place<T>
  /** Ready for a turn. */
  wait(place: Place<T>): void
  /** Whose turn it is, taken out of those who wait; `behind`: only who was served less than this one, which has its turn now. */
  next(behind?: Place<T>): Place<T> | undefined
  /** Who had no more than a slice, of a topology for which nobody else asks: taken out of those who wait, the first that came. */
  newcomer(): Place<T> | undefined
  /** Still one, whatever its topology. */
  isNew(place: Place<T>): boolean
  /** It was served for so many milliseconds. */
  charge(place: Place<T>, ms: number): void
  /** Milliseconds by which the first was served less than the second, where the two part. */
  owed(place: Place<T>, other: Place<T>): number
  /** Milliseconds for which somebody who comes now will wait, as far as anybody knows: those before it, and those with whom its topology shares. */
  expected(entrant: Entrant): number
  /** `took`: milliseconds, of one that was served to its end. */
  leave(place: Place<T>, took?: number): void
}

const sharingFrom = (served: number): Sharing => ({ served, share: 0, members: 0, waiting: 0 })

interface Clients<T> {
  readonly byName: Map<string, Client<T>>
  /** Of those who wait. */
  readonly newcomers: Set<Place<T>>
  share: number
}

/** Milliseconds for which one is new. */
const slice = 25
const isNew = ({ had }: { readonly had: number }): boolean => had < slice

export function fairQueue<T>(): FairQueue<T> {
  const clients: Clients<T> = { byName: new Map(), newcomers: new Set(), share: 0 }
  return {
    enter: ({ client, topology: name }, item) => {
      const topology = topologyOf(clientOf(clients, client), name)
      topology.members += 1
      return { item, topology, served: topology.share, fresh: true, had: 0 }
    },
    wait: (place) => {
      const { topology } = place
      ;(place.fresh ? topology.fresh : topology.again).add(place)
      if (isNew(place)) clients.newcomers.add(place)
      place.fresh = false
      topology.waiting += 1
      topology.client.waiting += 1
    },
    next: (behind) => takeNext(clients, behind),
    newcomer: () => {
      for (const place of clients.newcomers) {
        if (place.topology.members > 1) continue
        stop(clients, place)
        return place
      }
      return undefined
    },
    isNew,
    charge: (place, ms) => charge(clients, place, ms),
    owed: ({ topology, served }, other) => {
      if (topology === other.topology) return other.served - served
      if (topology.client === other.topology.client) return other.topology.served - topology.served
      return other.topology.client.served - topology.client.served
    },
    expected: ({ client, topology }) => {
      const known = clients.byName.get(client)
      const mine = known?.topologies.get(topology)
      return known === undefined || mine === undefined ? 0 : mine.waiting * mine.usual * known.members * clients.byName.size
    },
    leave: (place, took) => leave(clients, place, took),
  }
}

function clientOf<T>({ byName, share }: Clients<T>, name: string): Client<T> {
  const known = byName.get(name)
  if (known !== undefined) return known
  const client: Client<T> = { name, topologies: new Map(), ...sharingFrom(share) }
  byName.set(name, client)
  return client
}

function topologyOf<T>(client: Client<T>, name: string): Topology<T> {
  const known = client.topologies.get(name)
  if (known !== undefined) return known
  const topology: Topology<T> = { name, client, fresh: new Set(), again: new Set(), usual: 0, ...sharingFrom(client.share) }
  client.topologies.set(name, topology)
  client.members += 1
  return topology
}

function stop<T>({ newcomers }: Clients<T>, place: Place<T>): void {
  const { topology } = place
  newcomers.delete(place)
  if (!topology.fresh.delete(place) && !topology.again.delete(place)) return
  topology.waiting -= 1
  topology.client.waiting -= 1
}

function takeNext<T>(clients: Clients<T>, behind: Place<T> | undefined): Place<T> | undefined {
  const client = leastServed(clients.byName, behind?.topology.client)
  if (client === undefined) return undefined
  const beside = client === behind?.topology.client ? behind : undefined
  const topology = leastServed(client.topologies, beside?.topology)
  if (topology === undefined) return undefined
  const place = firstOf(topology)
  if (place === undefined || (topology === beside?.topology && place.served >= beside.served)) return undefined
  stop(clients, place)
  return place
}

function charge<T>(clients: Clients<T>, place: Place<T>, ms: number): void {
  const { topology } = place
  const { client } = topology
  place.served += ms
  place.had += ms
  topology.share += ms / topology.members
  topology.served += ms
  client.share += ms / client.members
  client.served += ms
  clients.share += ms / clients.byName.size
}

function leave<T>(clients: Clients<T>, place: Place<T>, took: number | undefined): void {
  const { byName } = clients
  stop(clients, place)
  // Sets that it stood in keep their old tables for a while, and it, but nothing that it leads to (`short-lived.ts`).
  place.item = undefined as never
  const { topology } = place
  const { client } = topology
  if (took !== undefined) topology.usual += (took - topology.usual) / (topology.usual === 0 ? 1 : 8)
  topology.members -= 1
  if (topology.members > 0) return
  client.topologies.delete(topology.name)
  client.members -= 1
  if (client.members === 0) byName.delete(client.name)
}

/** Of those who wait. `own` has its turn now: others are taken only before it, and it only where nobody was served less. */
function leastServed<S extends Sharing>(all: ReadonlyMap<string, S>, own: S | undefined): S | undefined {
  let least: S | undefined
  for (const one of all.values()) {
    if (one.waiting === 0) continue
    if (own !== undefined && one !== own && one.served >= own.served) continue
    if (least === undefined || one.served < least.served) least = one
  }
  return least
}

function firstOf<T>({ fresh, again }: Topology<T>): Place<T> | undefined {
  const [first] = fresh
  let least = first
  for (const place of again) if (least === undefined || place.served < least.served) least = place
  return least
}
