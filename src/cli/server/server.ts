/** A server to ask, and what to be known by there. */
export interface Server {
  readonly url: string
  /** Sent as a bearer token; never shown. */
  readonly token: string | undefined
}
