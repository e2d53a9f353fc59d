const kinds = ['Topology', 'TopologyVersion'] as const
type Kind = (typeof kinds)[number]

/** An opaque ID: what it is, and its key (`name`, or `name number`). */
export const nodeId = (kind: Kind, key: string): string => Buffer.from(`${kind}:${key}`, 'utf8').toString('base64url')

/** What an ID stands for; undefined for one that was never given out. */
export function readNodeId(id: string): { readonly kind: Kind; readonly key: string } | undefined {
  const text = Buffer.from(id, 'base64url').toString('utf8')
  const kind = kinds.find((one) => text.startsWith(`${one}:`))
  if (kind === undefined) return undefined
  const key = text.slice(kind.length + 1)
  return nodeId(kind, key) === id ? { kind, key } : undefined
}
