import { ask } from './ask.js'

/** An append that the service said is stored. */
export interface Acknowledged {
  readonly topology: string
  readonly number: number
  readonly contentHash: string
}

/** Everything that writers were told, over all services and all kills. */
export interface History {
  readonly acknowledged: Acknowledged[]
  /** Appends without an answer: each may be stored, or not. */
  unknown: number
  /** Answers that were refusals, by status. */
  readonly refused: Map<number, number>
}

export const newHistory = (): History => ({ acknowledged: [], unknown: 0, refused: new Map() })

/** Writers share topologies, so that they contend for the next number. */
export const writtenTopologies = ['north', 'east', 'south']

let moment = 0
/** No two are alike. */
const nextDocument = (): string => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { moment: `${process.pid}-${moment++}` } } }
  return JSON.stringify({ apiVersion: 'sightline/v1', kind: 'Topology', clusters: [{ name: 'west', resources: [namespace] }] })
}

async function append(port: number, token: string, topology: string, history: History): Promise<void> {
  const body = nextDocument()
  const path = `/v1/topologies/${topology}/versions`
  const { status, text } = await ask(port, { method: 'POST', path, token, body })
  if (status === 201) history.acknowledged.push({ ...(JSON.parse(text) as Acknowledged), topology })
  else history.refused.set(status, (history.refused.get(status) ?? 0) + 1)
}

/** Nobody was there: nothing was sent. */
const isRefusedConnection = (error: unknown): boolean =>
  error instanceof Error && (error.cause as { readonly code?: string } | undefined)?.code === 'ECONNREFUSED'

/** Appends one after the other, `count` writers at once, each time at a port that `port` says (undefined: nobody is there), until told to stop; then waits for the last. */
export function startWriters(
  port: (writer: number) => number | undefined,
  token: string,
  history: History,
  count: number,
): () => Promise<void> {
  let stopped = false
  const write = async (writer: number): Promise<void> => {
    for (let turn = writer; !stopped; turn += 1) {
      const topology = writtenTopologies[turn % writtenTopologies.length] ?? ''
      const there = port(writer)
      try {
        if (there !== undefined) await append(there, token, topology, history)
        else await new Promise((resume) => setTimeout(resume, 20))
      } catch (error) {
        if (!isRefusedConnection(error)) history.unknown += 1
      }
    }
  }
  const all = Promise.all(Array.from({ length: count }, (_, writer) => write(writer)))
  return async () => {
    stopped = true
    await all
  }
}
