/** Something that takes whole Postgres frontend messages and answers with the backend's bytes, one exchange at a time. */
export interface ProtocolHost {
  exchange(messages: Uint8Array): Promise<Uint8Array>
  close(): Promise<void>
}
