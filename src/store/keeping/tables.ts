/** A table as a backup has it. */
export interface Table {
  readonly name: string
  readonly columns: string
  /** What its rows are sorted by, and told apart. */
  readonly key: readonly string[]
}

/** Contents aside, the tables that a backup holds, in the order in which rows can be put back: what they refer to comes first. */
export const tables: readonly Table[] = [
  { name: 'topology', columns: 'name, description, compatibility, created_at, deleted_at, head, floor', key: ['name'] },
  {
    name: 'version',
    columns: 'topology, number, content_hash, header, message, author, created_at, places_digest',
    key: ['topology', 'number'],
  },
  { name: 'part', columns: 'topology, number, ordinal, cluster, digest, places_digest', key: ['topology', 'number', 'ordinal'] },
  { name: 'tag', columns: 'topology, name, number', key: ['topology', 'name'] },
  { name: 'pruned_version', columns: 'topology, number, content_hash, created_at, pruned_at', key: ['topology', 'number'] },
]
