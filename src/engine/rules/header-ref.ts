import type { ResourceRef } from '../model/resource-ref.js'

/** A part of the document's own header: `kind` is the singular of its list. */
export const headerRef = (kind: string, name: string, path: string | null = null): ResourceRef => ({
  cluster: kind === 'Cluster' ? name : null,
  kind,
  namespace: null,
  name,
  path,
  source: null,
})
