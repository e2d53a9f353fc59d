/**
 * Can the server's proxy make anything of the bytes that arrive at the port?
 *
 * It looks at the first bytes before it chooses a chain: for TLS in PERMISSIVE mode, for HTTP at undeclared ports. A client that waits for the
 * server's greeting sends none, and by default the proxy waits for ever; at a port declared HTTP nothing else is understood at all.
 * Rules TLS-11, TLS-12, AUTHZ-25.
 */
import type { ReasonCode } from '../../model/reasons.js'
import type { SpokenProtocol } from '../../model/question.js'
import type { Protocol } from '../../resources/kubernetes/protocol.js'
import type { Transported } from '../call/stage-values.js'
import type { Expectation } from './acceptance.js'

interface Objection {
  readonly reason: ReasonCode
  readonly message: string
}

interface Arriving {
  readonly sent: Transported['protocol']
  readonly spoken: SpokenProtocol | undefined
  readonly expected: Expectation
  readonly port: Protocol
  /** Who declares the port's protocol, as the subject of a sentence. */
  readonly declarer: string
  /** MeshConfig's `protocolDetectionTimeout` ends the waiting. */
  readonly givesUpWaiting: boolean
  /** A header of the PROXY protocol comes before anything that the client says. */
  readonly afterHeader: boolean
}

const names = { TCP: 'plain TCP', TLS: 'TLS of its own', SERVER_FIRST: 'a protocol in which the server speaks first' } as const

/** Undefined: they reach the application, or whoever decides next. */
export function objectToBytes({ sent, spoken, expected, port, declarer, givesUpWaiting, afterHeader }: Arriving): Objection | undefined {
  if (expected === 'NO_SIDECAR' || spoken === undefined || spoken === 'HTTP') return undefined
  if (port === 'HTTP') {
    const message = `the client speaks ${names[spoken]}, and the server’s proxy understands nothing but HTTP at this port, as ${declarer} declares it`
    return { reason: 'PROTOCOL_REJECTED', message }
  }
  const inspects = expected === 'PERMISSIVE' || port === 'AUTO'
  if (spoken !== 'SERVER_FIRST' || sent !== 'PLAINTEXT' || !inspects || givesUpWaiting || afterHeader) return undefined
  const what = expected === 'PERMISSIVE' ? 'whether TLS comes' : 'whether HTTP comes'
  const message = `the client waits for the server’s first bytes, and the server’s proxy for the client’s, to see ${what}, so neither ever sends any`
  return { reason: 'PROTOCOL_NOT_DETECTED', message }
}
