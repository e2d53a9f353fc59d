import { closeAnchor, newAnchors, openAnchor } from '../anchors.js'
import { tooManyContainers } from '../too-many-containers.js'
import { limits } from '../limits.js'
import { refuseYaml } from '../refuse-yaml.js'
import { notePlace, type Reader } from './reader.js'
import { noProperties, type Properties } from './scan-properties.js'

/** One collection more, and deeper; a text of too many, or too deep, is refused before it is built. */
export const enter = (reader: Reader, offset: number): void => {
  reader.nodes++
  notePlace(reader, offset)
  if (++reader.count.containers > limits.containers) refuseYaml(offset, tooManyContainers.code, tooManyContainers.detail)
  if (++reader.depth > limits.depth) refuseYaml(offset, 'DEPTH_EXCEEDED', 'the document is nested too deeply')
}

export const leave = (reader: Reader): void => {
  reader.depth--
}

/** A collection under its anchor. Collections have their kind from how they are written: go-yaml does not look at their tags. */
export const anchored = (reader: Reader, { anchor }: Properties, read: () => unknown): unknown => {
  if (anchor === '') return read()
  const open = openAnchor((reader.anchors ??= newAnchors()), anchor)
  const before = reader.nodes
  const value = read()
  closeAnchor(open, value, reader.nodes - before)
  return value
}

/** Whether an object has to be found again by its line: one that may be a resource, or become one by an alias. */
export const isKept = (candidate: boolean, properties: Properties): boolean => candidate || properties !== noProperties
