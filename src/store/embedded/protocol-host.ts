/** Something that takes whole Postgres frontend messages and answers with the backend's bytes, one exchange at a time. */
export interface ProtocolHost {
  /** `limit`: milliseconds that this answer may take, where they are more than that of others. */
  exchange(messages: Uint8Array, limit?: number): Promise<Uint8Array>
  close(): Promise<void>
}
