import type { Snapshot } from '../../snapshot/snapshot.js'
import { type Outcome, stop } from '../call/outcome.js'
import { tellDeclarer } from '../call/tell-declarer.js'
import type { Sent } from './client-transport.js'
import type { Receiver } from './receiver.js'
import { sentAs } from './sent-as.js'

/** TLS that is not Istio's, at a port declared HTTP: where mutual TLS is not insisted on the protocol refuses it, and no mode (TLS-11). */
export function refuseOtherTls(snapshot: Snapshot, sent: Sent, { expected, protocol, declarer }: Receiver): Outcome<never> | undefined {
  if (sent.protocol !== 'OTHER_TLS' || protocol !== 'HTTP' || expected === 'STRICT' || declarer === undefined) return undefined
  const takes = expected === 'DISABLE' ? 'plain HTTP alone' : 'plain HTTP and Istio’s mutual TLS alone'
  return stop('TRANSPORT', {
    reason: 'TLS_REJECTED',
    message: `the client sends ${sentAs.OTHER_TLS} (${sent.message}), which the server rejects, as ${tellDeclarer(snapshot, declarer)} declares the port HTTP, where its proxy takes ${takes}`,
    because: [...sent.because, declarer],
  })
}
