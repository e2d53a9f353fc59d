/** What one document may cost. Deep or self-multiplying input is refused before anything is built from it. */
export const limits = {
  depth: 64,
  aliases: 100,
  aliasNodes: 100_000,
  faults: 100,
  /** Places of one kind that are told of one text. */
  notes: 100,
  clusters: 1000,
  /** Lists and maps of one text: a mesh has 20,000 a mebibyte, the widest that is worth asking about 90,000. */
  containers: 8_000_000,
  /** Documents of one stream of YAML. */
  documents: 200_000,
  /** Fields that any document has of its own, objects and settings included: what has more of them is read no further. */
  ownFields: 10_000,
  /** Fields that a topology document, or the entry of a cluster, has of its own. */
  fields: 1000,
  /** Characters of a document that is read once more for the lines of fields. */
  located: 4 * 1024 * 1024,
} as const
