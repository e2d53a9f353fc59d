import type { DocumentFault } from './document-fault.js'
import { isRecord } from './raw-object.js'

/** A document taken apart: the header without objects and places, and each cluster's `resources` by the cluster's position. */
export interface SplitDocument {
  readonly header: unknown
  readonly resources: readonly (readonly unknown[])[]
  /** What it says of where it was written, unchecked. */
  readonly places: unknown
  readonly faults: readonly DocumentFault[]
}

export const splitDocument = ({ places, ...document }: Readonly<Record<string, unknown>>): SplitDocument => {
  const { clusters } = document
  if (!Array.isArray(clusters)) return { header: document, resources: [], places, faults: [] }
  const faults: DocumentFault[] = []
  const resources: (readonly unknown[])[] = []
  const headers = clusters.map((entry: unknown, index) => {
    const split = splitEntry(entry)
    resources.push(split.resources)
    if (split.fault !== undefined) faults.push({ ...split.fault, path: ['clusters', index, 'resources'] })
    return split.header
  })
  return { header: { ...document, clusters: headers }, resources, places, faults }
}

export const splitEntry = (
  entry: unknown,
): { readonly header: unknown; readonly resources: readonly unknown[]; readonly fault: DocumentFault | undefined } => {
  if (!isRecord(entry) || !Object.hasOwn(entry, 'resources')) return { header: entry, resources: [], fault: undefined }
  const { resources, ...header } = entry
  if (Array.isArray(resources)) return { header, resources, fault: undefined }
  return {
    header,
    resources: [],
    fault: {
      code: 'SCHEMA',
      detail: `\`resources\` must be a list${resources === null ? ', and is null: without any it is `[]`' : ''}`,
      path: ['resources'],
    },
  }
}
