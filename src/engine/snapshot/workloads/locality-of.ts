import type { Node } from '../../resources/kubernetes/node.js'
import type { Labels } from '../../resources/meta.js'
import type { Locality } from './workload.js'

const ofText = (text: string, separator: string): Locality => {
  const [region = '', zone = '', subzone = ''] = text.split(separator)
  return { region, zone, subzone }
}

/** One object for all pods of a node. */
const ofNode = new WeakMap<Node, Locality>()

/**
 * Locality of a pod: its own label, its node's labels, else what the header says of the whole cluster. Rule MODEL-33.
 *
 * `fallback` is the cluster's; one object is shared by all pods that have no better.
 */
export const localityOf = (labels: Labels, node: Node | undefined, fallback: Locality): Locality => {
  const written = labels['istio-locality']
  if (written !== undefined && written !== '') return ofText(written, '.')
  if (node === undefined || (node.region === '' && node.zone === '' && node.subzone === '')) return fallback
  const known = ofNode.get(node) ?? { region: node.region, zone: node.zone, subzone: node.subzone }
  ofNode.set(node, known)
  return known
}

/** Locality written `region/zone/subzone`, as WorkloadEntries do. */
export const localityOfText = (text: string, fallback: Locality): Locality => (text === '' ? fallback : ofText(text, '/'))
