/** How a call goes through a proxy: out of a client's sidecar, into a server's, through a gateway, or through a waypoint, and as what. */
export interface Passing {
  readonly direction: 'OUTBOUND' | 'INBOUND' | 'GATEWAY' | 'WAYPOINT'
  /** The host as it is called, short or in full. */
  readonly called: string | undefined
  /** The host and the port of the Service that the call goes to, where there is one. */
  readonly host: string | undefined
  readonly port: number | undefined
  /** Port of the pod that the call arrives at. */
  readonly podPort: number | undefined
  readonly subset: string
  /** False where the proxy sees a connection and no requests. */
  readonly requests: boolean
}
