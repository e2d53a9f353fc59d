import type { Node } from '../../resources/kubernetes/node.js'
import type { Labels } from '../../resources/meta.js'
import type { Locality } from './workload.js'
import { remembered } from '../../remembered.js'

const ofText = (text: string, separator: string): Locality => {
  const [region = '', zone = '', subzone = ''] = text.split(separator)
  return { region, zone, subzone }
}

/** One object for all pods of a node. */
const ofNode = remembered(({ region, zone, subzone }: Node): Locality => ({ region, zone, subzone }))

/**
 * Locality of a pod: its own label, its node's labels, else what the header says of the whole cluster. Rule MODEL-33.
 *
 * `fallback` is the cluster's; one object is shared by all pods that have no better.
 */
export const localityOf = (labels: Labels, node: Node | undefined, fallback: Locality): Locality => {
  const written = labels['istio-locality']
  if (written !== undefined && written !== '') return ofText(written, '.')
  if (node === undefined || (node.region === '' && node.zone === '' && node.subzone === '')) return fallback
  return ofNode(node)
}

/** Locality written `region/zone/subzone`, as WorkloadEntries do. */
export const localityOfText = (text: string, fallback: Locality): Locality => (text === '' ? fallback : ofText(text, '/'))
