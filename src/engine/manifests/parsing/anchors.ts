import { limits } from './limits.js'
import { refuseYaml } from './refuse-yaml.js'

/** What an anchor names; nothing can be taken from it before its node is complete, so that cycles cannot be built. */
interface Anchored {
  complete: boolean
  value: unknown
  nodes: number
}

export interface Anchors {
  readonly byName: Map<string, Anchored>
  aliases: number
  expanded: number
}

export const newAnchors = (): Anchors => ({ byName: new Map(), aliases: 0, expanded: 0 })

/** Opens an anchor where its node begins: of two of one name the one that begins later holds. It is closed with the node. */
export const openAnchor = ({ byName }: Anchors, name: string): Anchored => {
  const anchor: Anchored = { complete: false, value: undefined, nodes: 0 }
  byName.set(name, anchor)
  return anchor
}

export const closeAnchor = (anchor: Anchored, value: unknown, nodes: number): void => {
  anchor.complete = true
  anchor.value = value
  anchor.nodes = nodes
}

/** The aliased value, shared; its size is counted against the document as if it had been written out. */
export const aliasValue = (anchors: Anchors | undefined, offset: number, name: string): Readonly<Anchored> => {
  const anchor = anchors?.byName.get(name)
  if (anchors === undefined || anchor?.complete !== true) return refuseYaml(offset, 'ALIAS_UNKNOWN', 'the alias names no anchor before it')
  anchors.aliases++
  anchors.expanded += anchor.nodes
  if (anchors.aliases > limits.aliases) refuseYaml(offset, 'ALIAS_LIMIT', `more than ${limits.aliases} aliases in one document`)
  if (anchors.expanded > limits.aliasNodes) refuseYaml(offset, 'ALIAS_LIMIT', `aliases expand to more than ${limits.aliasNodes} values`)
  return anchor
}
