export type Labels = Readonly<Record<string, string>>

/**
 * Who an object is. Resources carry no cluster: a cluster's part is read once per digest and shared by every version (and
 * every cluster) that has the same content; the cluster's name joins them where they are used.
 */
export interface Meta {
  readonly kind: string
  /** '' for cluster-scoped objects. */
  readonly namespace: string
  readonly name: string
  readonly labels: Labels
  readonly annotations: Labels
  /** Milliseconds since the epoch, 0 when the object does not say: Istio's age order falls back to name, then namespace. */
  readonly createdAt: number
  /** Position of the object in its cluster's canonical part; finds its file and line. */
  readonly index: number
}
