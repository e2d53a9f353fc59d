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

/** As a label writes it: `.` between the parts, which may not be `/` in labels of Kubernetes; where it is `/` all the same, dots are part of a name. */
const ofLabels = (labels: Labels): Locality | undefined => {
  // The first of the two is known since 1.29; before, nobody had a reason to write it.
  const written = labels['topology.istio.io/locality'] ?? labels['istio-locality'] ?? ''
  return written === '' ? undefined : ofText(written, written.includes('/') ? '/' : '.')
}

/** Does a label say where the pod or entry is? */
export const namesLocality = (labels: Labels): boolean => ofLabels(labels) !== undefined

/**
 * Locality of a pod: its own label, its node's labels, else what the header says of the whole cluster. Rule MODEL-33.
 *
 * `fallback` is the cluster's; one object is shared by all pods that have no better.
 */
export const localityOf = (labels: Labels, node: Node | undefined, fallback: Locality): Locality => {
  const own = ofLabels(labels)
  if (own !== undefined) return own
  if (node === undefined || (node.region === '' && node.zone === '' && node.subzone === '')) return fallback
  return ofNode(node)
}

/** Locality of an entry, written `region/zone/subzone`, else by its label; labels of regions and zones are nothing to go by. Rule MODEL-33. */
export const localityOfEntry = (text: string, labels: Labels, fallback: Locality): Locality =>
  text === '' ? (ofLabels(labels) ?? fallback) : ofText(text, '/')
