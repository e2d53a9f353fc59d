import type { Figure } from './figure.js'
import type { GeneratedDocuments } from './generated-documents.js'
import { send } from './http.js'
import { median } from './median.js'

/** Writes in turn: the whole document, then the one cluster; each time that cluster is a new one. Returns how many were written. */
export async function measureWriting(
  port: number,
  topology: string,
  documents: GeneratedDocuments,
  rounds: number,
  watch: <T>(what: string, work: () => Promise<T>) => Promise<T>,
): Promise<{ readonly figures: readonly Figure[]; readonly written: number }> {
  const [full, single, shares]: [number[], number[], number[]] = [[], [], []]
  for (let round = 0; round < rounds; round++) {
    const [whole, entry] = [documents.changed(2 * round + 1), documents.entry(2 * round + 2)]
    shares.push(entry.byteLength / whole.byteLength)
    const append = () => send(port, 'POST', `/v1/topologies/${topology}/versions`, whole)
    const replace = () => send(port, 'PUT', `/v1/topologies/${topology}/clusters/${documents.cluster}`, entry)
    full.push((await watch('append', append)).milliseconds)
    single.push((await watch('replacing a cluster', replace)).milliseconds)
  }
  const [append, put, share] = [median(full), median(single), median(shares)]
  return {
    written: 2 * rounds,
    figures: [
      {
        name: '(d) one cluster’s PUT / its share of a full append',
        measured: put / (append * share),
        target: 1.5,
        holds: 'AT_MOST',
        detail: `${put.toFixed(0)} ms over ${(share * 100).toFixed(0)} % of ${append.toFixed(0)} ms`,
      },
    ],
  }
}
