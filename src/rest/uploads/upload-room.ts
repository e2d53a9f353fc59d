/** Bytes of documents that are under way at once: being sent, or being taken in. */
export interface UploadRoom {
  /** Room for so many bytes of this client's until they are let go of; undefined: there is none. */
  take(client: string, bytes: number): (() => void) | undefined
}

/**
 * Counts bytes and not documents: a thousand small ones are no burden, and eight large ones are.
 *
 * A client has a quarter of it, so that somebody else finds room, and one document in any case.
 */
export function createUploadRoom(limit: number): UploadRoom {
  const byClient = new Map<string, number>()
  let taken = 0
  const count = (client: string, bytes: number): void => {
    const own = (byClient.get(client) ?? 0) + bytes
    taken += bytes
    if (own > 0) byClient.set(client, own)
    else byClient.delete(client)
  }
  return {
    take: (client, bytes) => {
      const own = byClient.get(client) ?? 0
      if (taken > 0 && taken + bytes > limit) return undefined
      if (own > 0 && own + bytes > limit / 4) return undefined
      count(client, bytes)
      let held = true
      return () => {
        if (held) count(client, -bytes)
        held = false
      }
    },
  }
}
