/**
 * Does a gateway's listener take what the client sends?
 *
 * A Gateway object's server decides, not PeerAuthentication (TLS-13). Gateways that hand Istio's TLS on by SNI are not judged here: they are a
 * passage, and the workload behind them is the server.
 */
import { protocolOfServicePort } from '../../resources/kubernetes/protocol.js'
import type { Protocol } from '../../resources/kubernetes/protocol.js'
import type { Cluster, ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Sent } from './client-transport.js'

import { type GatewayListener, gatewayListeners } from '../../istiod/gateways/gateway-listeners.js'
import { flatMap } from '../../flat-map.js'
import type { SpokenProtocol } from '../../model/question.js'
import { covers } from '../../snapshot/covers.js'
import { serverName } from '../call/target-key.js'
import { isCaptured } from './is-captured.js'
import { condition } from '../call/condition.js'
import { type Outcome, goOn, stop } from '../call/outcome.js'
import type { NetworkPath, RouteTarget, Transported } from '../call/stage-values.js'

const named = { PLAINTEXT: 'plaintext', ISTIO_MUTUAL: 'Istio mutual TLS', OTHER_TLS: 'TLS' } as const

const reasons = { PLAINTEXT: 'PLAINTEXT_ACCEPTED', ISTIO_MUTUAL: 'MUTUAL_TLS', OTHER_TLS: 'OTHER_TLS_PASSED_ON' } as const

type Taken = 'YES' | 'NO' | 'CLIENT_CERTIFICATE'

function takes({ tlsMode: mode }: GatewayListener, sent: Transported['protocol']): Taken {
  if (mode === undefined) return sent === 'PLAINTEXT' ? 'YES' : 'NO'
  if (sent === 'ISTIO_MUTUAL') return mode === 'ISTIO_MUTUAL' ? 'YES' : 'NO'
  if (sent === 'PLAINTEXT' || mode === 'ISTIO_MUTUAL' || mode === 'AUTO_PASSTHROUGH') return 'NO'
  return mode === 'MUTUAL' ? 'CLIENT_CERTIFICATE' : 'YES'
}

/** Of the port as the client's proxy knows it; past the mesh, as the name of the gateway's own Service port says it. */
function declaredProtocol(target: RouteTarget | undefined, { endpoint, serverPort }: NetworkPath): Protocol {
  if (target !== undefined) return target.port.protocol
  return protocolOfServicePort({ protocol: 'TCP', appProtocol: undefined, name: endpoint.portName, number: serverPort })
}

export function acceptAtGateway(
  view: ControlPlaneView,
  cluster: Cluster,
  target: RouteTarget | undefined,
  path: NetworkPath,
  gateway: Workload,
  sent: Sent,
  spoken: SpokenProtocol | undefined,
): Outcome<Transported> {
  const port = path.serverPort
  // What a client without mutual TLS sends to a port declared TLS, or in TLS to one that is not declared HTTP, is the application's own TLS (TLS-8).
  const declared = declaredProtocol(target, path)
  const isOwnTls = declared === 'TLS' || (declared !== 'HTTP' && spoken === 'TLS')
  const arriving = sent.protocol === 'PLAINTEXT' && isOwnTls ? 'OTHER_TLS' : sent.protocol
  const value: Transported = { path, protocol: arriving, serverProxied: true, tunnel: false }
  if (!isCaptured(gateway, port)) {
    const said = { reason: 'PLAINTEXT_ACCEPTED' as const, message: `port ${port} is the gateway’s own`, because: [gateway.ref] }
    return goOn('TRANSPORT', { ...value, serverProxied: false }, said)
  }
  const listeners = gatewayListeners(view, cluster, gateway, port)
  if (listeners.length === 0) {
    const message = `no Gateway of control plane \`${view.controlPlane.name}\` opens port ${port} of gateway \`${gateway.name}\``
    return stop('TRANSPORT', { reason: 'GATEWAY_NOT_LISTENING', message, because: [gateway.ref] })
  }
  const serverName = arriving === 'ISTIO_MUTUAL' && target !== undefined ? serverNameSent(target) : undefined
  return unasked(listeners, sent, serverName) ?? judge(listeners, sent, value)
}

/** Istio's own TLS asks for the cluster that it calls, unless a DestinationRule says another name; a server of other names has no chain for it (TLS-9). */
function unasked(listeners: readonly GatewayListener[], sent: Sent, asked: string | undefined): Outcome<Transported> | undefined {
  const ending = listeners.filter(({ tlsMode }) => tlsMode === 'ISTIO_MUTUAL')
  const hasChain = ({ hosts }: GatewayListener): boolean => hosts === undefined || hosts.some((host) => covers(host, asked ?? ''))
  if (asked === undefined || ending.length === 0 || ending.some(hasChain)) return undefined
  const message = `the client’s TLS asks for server name \`${asked}\`, and the gateway’s server has only \`${[...new Set(flatMap(ending, ({ hosts = [] }) => hosts))].join('`, `')}\``
  return stop('TRANSPORT', { reason: 'TLS_REJECTED', message, because: [...sent.because, ...ending.map(({ ref }) => ref)] })
}

const serverNameSent = (target: RouteTarget): string =>
  target.rule?.transportTls(target.port.number, target.subset)?.sni ?? serverName(target)

function judge(listeners: readonly GatewayListener[], sent: Sent, value: Transported): Outcome<Transported> {
  const arriving = value.protocol
  const refs = listeners.map(({ ref }) => ref)
  const because = [...sent.because, ...refs]
  const answers = listeners.map((listener) => takes(listener, arriving))
  if (answers.every((answer) => answer === 'NO')) {
    const modes = [...new Set(listeners.map(({ tlsMode }) => tlsMode ?? 'plaintext'))].join('`, `')
    const message = `the client sends ${named[arriving]} (${sent.message}), and the gateway’s server expects \`${modes}\``
    return stop('TRANSPORT', { reason: 'TLS_REJECTED', message, because })
  }
  const message = 'succeeds only if the client presents a certificate that the gateway’s server accepts'
  const conditions = answers.includes('YES') ? [] : [condition('CLIENT_CERTIFICATE_NEEDED', message, refs)]
  const said = { reason: reasons[arriving], message: `the client sends ${named[arriving]} and the gateway’s server takes it`, because }
  return goOn('TRANSPORT', value, said, { conditions })
}
