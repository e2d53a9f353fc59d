import { createHash } from 'node:crypto'

export const sha256 = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex')

/**
 * Name of a document's content: `sha256:` and SHA-256 over the canonical header and each cluster's digest, by cluster name.
 *
 * Places are no part of it, nor is the order of clusters or objects.
 */
export const contentHash = (headerJson: string, parts: readonly { readonly cluster: string; readonly digest: string }[]): string => {
  const digests = parts.map(({ cluster, digest }) => [cluster, digest] as const).sort(([a], [b]) => (a < b ? -1 : 1))
  return `sha256:${sha256(`${headerJson}\n${JSON.stringify(digests)}`)}`
}
