import type { ResourceRef } from '../../model/resource-ref.js'
import type { Condition } from '../../model/step.js'
import { condition } from '../call/condition.js'
import type { NetworkPath, RouteTarget } from '../call/stage-values.js'
import type { Receiver } from './receiver.js'

/** What makes the proxy take the port as it does. */
export const evidenceOf = ({ declarer, because }: Receiver): readonly ResourceRef[] =>
  declarer === undefined ? because : [declarer, ...because]

/** Nobody says what comes in the connection, and the proxy understands nothing but HTTP at a port that is declared so (TLS-12). */
export const needsHttp = (target: RouteTarget | undefined, { serverPort }: NetworkPath, receiver: Receiver): readonly Condition[] =>
  target?.carries === 'ANYTHING' && receiver.protocol === 'HTTP'
    ? [
        condition(
          'HTTP_NEEDED',
          `succeeds only if the client speaks HTTP, as the server’s proxy understands nothing else at port ${serverPort}`,
          [...evidenceOf(receiver)],
        ),
      ]
    : []
