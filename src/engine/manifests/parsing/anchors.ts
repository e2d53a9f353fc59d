import { limits } from './limits.js'
import { refuseYaml } from './refuse-yaml.js'

export interface Anchors {
  readonly byName: Map<string, { readonly value: unknown; readonly nodes: number }>
  aliases: number
  expanded: number
}

export const newAnchors = (): Anchors => ({ byName: new Map(), aliases: 0, expanded: 0 })

/** An anchor counts once its node is complete, so an alias inside its own node finds nothing: cycles cannot be built. */
export const anchorNode = (anchors: Anchors, name: string, value: unknown, nodes: number): void => {
  anchors.byName.set(name, { value, nodes })
}

/** The aliased value, shared; its size is counted against the document as if it had been written out. */
export const aliasValue = (anchors: Anchors, source: string, offset: number, name: string): { value: unknown; nodes: number } => {
  const anchor = anchors.byName.get(name)
  if (anchor === undefined) return refuseYaml(source, offset, 'ALIAS_UNKNOWN', 'the alias names no anchor before it')
  anchors.aliases++
  anchors.expanded += anchor.nodes
  if (anchors.aliases > limits.aliases) refuseYaml(source, offset, 'ALIAS_LIMIT', `more than ${limits.aliases} aliases in one document`)
  if (anchors.expanded > limits.aliasNodes)
    refuseYaml(source, offset, 'ALIAS_LIMIT', `aliases expand to more than ${limits.aliasNodes} values`)
  return anchor
}
