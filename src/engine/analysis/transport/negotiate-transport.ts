/**
 * Does the server take the transport that the client sends?
 *
 * Two control planes may disagree here: the client's decides what is sent, the server's what is taken (TLS-4), and a gateway that hands TLS
 * on by SNI takes nothing but Istio's mutual TLS. Rules TLS-5 … TLS-8, TLS-11, TLS-13, TLS-15, TLS-16, AMB-24, AMB-34, AMB-47, AMB-56, NET-18, NET-44, TLS-24.
 */
import type { Assumption, Condition } from '../../model/step.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import type { Protocol } from '../../resources/kubernetes/protocol.js'
import type { SpokenProtocol } from '../../model/question.js'

import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Client } from '../call/call.js'
import { leadsBack } from '../call/dials-itself.js'
import { clientTransport, type Sent } from './client-transport.js'

import { acceptAtGateway } from './accept-at-gateway.js'
import { bypassesZtunnel, receiverAtZtunnel, refusedByZtunnel, whyUnknownAtZtunnel } from './at-ztunnel.js'
import { isCaptured } from './is-captured.js'
import { looksForNode, type Passing, passingOf } from './passing.js'
import type { Receiver } from './receiver.js'
import { inboundPort } from '../../istiod/inbound/inbound-protocol.js'
import { tellDeclarer } from '../call/tell-declarer.js'
import { tellMode } from './tell-mode.js'
import { mutualTlsMode, type ModeDecision } from '../../istiod/inbound/mutual-tls-mode.js'
import { condition } from '../call/condition.js'
import { type Outcome, goOn, lookingAt, stop, undetermined } from '../call/outcome.js'
import { acceptance, type Expectation } from './acceptance.js'
import { writesHeader } from './read-header.js'
import { refuseCertificate } from './refuse-certificate.js'
import { evidenceOf, needsHttp } from './needs-http.js'
import { objectToBytes } from './object-to-bytes.js'
import { refuseOtherTls } from './refuse-other-tls.js'
import { sentAs } from './sent-as.js'
import type { NetworkPath, RouteTarget, Transported } from '../call/stage-values.js'
import { whyUnconfigured } from '../../istiod/proxies/why-unconfigured.js'

/**
 * What the client sends on this path and whether the server takes it; `target` undefined: to the original address, past the mesh.
 *
 * `spoken`: by the application; undefined: nobody says. `passing`: whether it gets past the server's ztunnel; BY_NODE is taken as through it.
 */
export function negotiateTransport(
  client: Client,
  target: RouteTarget | undefined,
  path: NetworkPath,
  spoken?: SpokenProtocol,
  passing = passingOf(client, path),
): Outcome<Transported> {
  const sent = clientTransport(client, target, path)
  if (sent === undefined) {
    return undetermined('TRANSPORT', `which control plane configures the proxy of \`${client.workload.name}\` is unknown`, [
      client.workload.ref,
    ])
  }
  const outcome = negotiate({ client, target, path, sent, spoken, passing })
  return lookingAt(outcome, [...sent.lookedAt, ...looksForNode(client, path)])
}

function negotiate({ client, target, path, sent, spoken, passing }: Omit<Arriving, 'server'>): Outcome<Transported> {
  if (path.passage !== undefined && sent.protocol !== 'ISTIO_MUTUAL') {
    const gateway = path.passage.gateway
    return stop('TRANSPORT', {
      reason: 'TLS_REJECTED',
      message: `gateway \`${gateway.address}\` resets everything but Istio mutual TLS, and the client sends ${sentAs[sent.protocol]}, as ${sent.message}`,
      because: [...sent.because, ...gateway.because],
    })
  }
  const { server } = path
  if (path.endpoint.closed !== undefined) return nothingListens(path, path.endpoint.closed.own)
  if (wrapsTwice(target, sent) && (server === undefined || server.dataPlane === 'NONE')) return doubleTls(sent)
  if (server === undefined) {
    return goOn(
      'TRANSPORT',
      { path, protocol: sent.protocol, serverProxied: false, tunnel: false },
      {
        reason: 'SERVER_OUTSIDE',
        message: `the client sends ${sentAs[sent.protocol]} to a server that is no workload of the topology`,
        because: sent.because,
      },
      { outcome: 'NOT_APPLICABLE', assumptions: outsideAssumptions(sent) },
    )
  }
  const accepted = acceptAtServer({ client, target, path, server, sent, spoken, passing })
  const refused = server.dataPlane === 'GATEWAY' ? undefined : refuseCertificate(client, target, sent)
  return accepted.passed && refused !== undefined ? refused : accepted
}

/** The port that the application dials is kept, and the Service's target port is another one (EDS-14). */
const nothingListens = ({ serverPort, endpoint }: NetworkPath, own: number): Outcome<never> =>
  stop(
    'TRANSPORT',
    {
      reason: 'NOT_LISTENING',
      message: `the connection goes to port ${serverPort} of the endpoint, as dialled, and nothing is known to listen there, while the Service leads to port ${own}`,
      because: endpoint.because,
    },
    [],
  )

/** Does the client's proxy originate TLS around the TLS that the application sends? */
const wrapsTwice = (target: RouteTarget | undefined, sent: Sent): boolean => sent.protocol === 'OTHER_TLS' && target?.carries === 'TLS'

const doubleTls = ({ message, because }: Sent): Outcome<never> =>
  stop('TRANSPORT', {
    reason: 'TLS_REJECTED',
    message: `the application sends TLS, as its port is declared, and the proxy wraps it in TLS once more (${message}), so the server finds TLS inside TLS`,
    because,
  })

const outsideAssumptions = (sent: Sent): Assumption[] =>
  sent.protocol === 'PLAINTEXT'
    ? []
    : [
        {
          code: 'OUTSIDE_TLS_ASSUMED',
          message: `the server outside the topology is assumed to take ${sentAs[sent.protocol]}`,
          because: [...sent.because],
        },
      ]

function acceptAtServer(arriving: Arriving): Outcome<Transported> {
  const { client, path, server, sent } = arriving
  const unconfigured =
    server.dataPlane === 'NONE' || server.controlPlane !== undefined ? undefined : whyUnconfigured(client.snapshot, server)
  if (unconfigured?.refused === true) return stop('TRANSPORT', { ...unconfigured, reason: 'PROXY_NOT_CONFIGURED' })
  const direct = pastTheProxy(arriving)
  if (direct !== undefined) return judge(path, sent, direct)
  if (unconfigured !== undefined || server.controlPlane === undefined)
    return undetermined('TRANSPORT', unconfigured?.message ?? '', unconfigured?.because)
  const view = findServerView(client, server.controlPlane)
  if (typeof view === 'string') return undetermined('TRANSPORT', view, [server.ref])
  return acceptAtProxy(arriving, view)
}

interface Arriving {
  readonly client: Client
  readonly target: RouteTarget | undefined
  readonly path: NetworkPath
  readonly server: Workload
  readonly sent: Sent
  readonly spoken: SpokenProtocol | undefined
  readonly passing: Passing
}

/** A gateway goes by its Gateway objects, any other proxy by the PeerAuthentications of its own control plane. */
function acceptAtProxy({ client, target, path, server, sent, spoken }: Arriving, view: ControlPlaneView): Outcome<Transported> {
  const cluster = client.snapshot.clusters.get(server.cluster)
  if (cluster === undefined) return undetermined('TRANSPORT', `cluster \`${server.cluster}\` is not listed`, [server.ref])
  if (server.dataPlane === 'GATEWAY') return acceptAtGateway(view, cluster, target, path, server, sent, spoken)
  if (server.dataPlane === 'WAYPOINT') return acceptAtWaypoint(path, server, sent)
  if (server.dataPlane === 'AMBIENT') return acceptAtZtunnel(view, path, server, sent)
  if (sent.tunnel !== undefined) return judge(path, sent, tunnelEnd(server))
  const mode = mutualTlsMode(view, server.namespace, server.labels, path.serverPort)
  const { protocol, by: declarer } = inboundPort(view, cluster, server, path.serverPort)
  const receiver: Receiver = {
    expected: expectationOf(server, mode, path),
    protocol,
    message: tellMode(view, mode),
    because: mode.because.length > 0 ? mode.because : [server.ref],
    declarer,
  }
  if (server.dataPlane !== 'SIDECAR') return judge(path, sent, receiver, [notModelled(server)])
  return acceptAtSidecar({ client, target, path, sent, spoken }, receiver, view.controlPlane.meshConfig.givesUpDetection)
}

/** The mode, and then what the proxy makes of the bytes. */
function acceptAtSidecar(
  { client, target, path, sent, spoken }: Pick<Arriving, 'client' | 'target' | 'path' | 'sent' | 'spoken'>,
  receiver: Receiver,
  givesUpWaiting: boolean,
): Outcome<Transported> {
  const misfit = refuseOtherTls(client.snapshot, sent, receiver)
  if (misfit !== undefined) return misfit
  const { expected, protocol, declarer } = receiver
  const objection = objectToBytes({
    sent: sent.protocol,
    spoken,
    expected,
    port: protocol,
    declarer: declarer === undefined ? '' : tellDeclarer(client.snapshot, declarer),
    givesUpWaiting,
    afterHeader: writesHeader(client, target),
  })
  const judged = judge(path, sent, receiver, undefined, spoken === undefined ? needsHttp(target, path, receiver) : [])
  return judged.passed && objection !== undefined ? stop('TRANSPORT', { ...objection, because: evidenceOf(receiver) }) : judged
}

function acceptAtZtunnel(view: ControlPlaneView, path: NetworkPath, server: Workload, sent: Sent): Outcome<Transported> {
  const at = { view, server, port: path.serverPort }
  const open = whyUnknownAtZtunnel(at)
  if (open !== undefined) return undetermined('TRANSPORT', open, [server.ref, view.controlPlane.ref])
  const refused = refusedByZtunnel(at)
  if (refused !== undefined) return stop('TRANSPORT', refused)
  if (sent.protocol !== 'ISTIO_MUTUAL' || sent.tunnel !== undefined) return judge(path, sent, receiverAtZtunnel(at))
  const message = `the client sends ${sentAs.ISTIO_MUTUAL} without a tunnel (${sent.message}), which reaches the application as it is: its ztunnel ends tunnels alone`
  return stop('TRANSPORT', { reason: 'TLS_REJECTED', message, because: [...sent.because, server.ref] })
}

/** Waypoints listen for tunnels and for nothing else (AMB-47). */
function acceptAtWaypoint(path: NetworkPath, server: Workload, sent: Sent): Outcome<Transported> {
  if (sent.tunnel !== undefined) return judge(path, sent, tunnelEnd(server))
  const message = `the client sends ${sentAs[sent.protocol]} (${sent.message}), and waypoint \`${server.namespace}/${server.owner.name}\` takes tunnels alone`
  return stop('TRANSPORT', { reason: 'TLS_REJECTED', message, because: [...sent.because, server.ref] })
}

/** A tunnel is mutual TLS always, whatever the modes of the ports inside (TLS-16). */
const tunnelEnd = (server: Workload): Receiver => ({
  expected: 'STRICT',
  protocol: 'TCP',
  message: 'its proxy takes tunnels',
  because: [server.ref],
})

/** The application itself takes the connection: it has no proxy, or what arrives does not pass it. */
function pastTheProxy(arriving: Arriving): Receiver | undefined {
  const { server, target } = arriving
  const message = whyPast(arriving)
  if (message === undefined) return undefined
  return { expected: 'NO_SIDECAR', protocol: target?.port.protocol ?? 'AUTO', message, because: [server.ref] }
}

function whyPast({ client, server, path, target, sent, passing }: Arriving): string | undefined {
  const { serverPort } = path
  if (server.dataPlane === 'NONE') return 'the server has no proxy'
  if (server.dataPlane === 'AMBIENT') {
    if (passing === 'PAST') return 'what a process of the node’s own network sends to a pod of that node gets past its ztunnel'
    return bypassesZtunnel(server, sent) ? 'the pod keeps what is no tunnel away from its ztunnel' : undefined
  }
  // What a sidecar sends to its own pod is handed to it at every port.
  const comesBack = client.workload.dataPlane === 'SIDECAR' && target !== undefined && leadsBack(client, path)
  const isPast = server.dataPlane === 'SIDECAR' && sent.tunnel === undefined && !comesBack && !isCaptured(server, serverPort)
  return isPast ? `port ${serverPort} does not pass the server’s proxy` : undefined
}

/** The server's own control plane, or what is missing to know its policies. */
function findServerView(client: Client, controlPlane: string): ControlPlaneView | string {
  const view = client.snapshot.view(controlPlane)
  if (view.configCluster !== undefined) return view
  return `the PeerAuthentications of control plane \`${view.controlPlane.name}\` are unknown: its config cluster is not listed`
}

/** A proxyless server takes one of the two (TLS-15). */
function expectationOf(server: Workload, mode: ModeDecision, path: NetworkPath): Expectation {
  if (server.dataPlane === 'PROXYLESS' && mode.mode === 'PERMISSIVE') return path.endpoint.tlsMode === 'istio' ? 'STRICT' : 'DISABLE'
  return mode.mode
}

const notModelled = (server: Workload): Assumption => ({
  code: 'PROXYLESS_NOT_MODELLED',
  message: `\`${server.name}\` runs in data plane mode \`${server.dataPlane}\`, of which only the main rules are applied`,
  because: [server.ref],
})

function judge(
  path: NetworkPath,
  sent: Sent,
  receiver: Receiver,
  assumptions = receiver.assumptions ?? [],
  needed: readonly Condition[] = [],
): Outcome<Transported> {
  const because = [...sent.because, ...receiver.because]
  const said = `the client sends ${sentAs[sent.protocol]} (${sent.message})`
  const accepted = acceptance(sent.protocol, receiver.expected, receiver.protocol)
  if (accepted === 'REJECTED') {
    return stop(
      'TRANSPORT',
      { reason: 'TLS_REJECTED', message: `${said}, which the server rejects, as ${receiver.message}`, because },
      assumptions,
    )
  }
  const value: Transported = {
    path,
    protocol: sent.protocol,
    serverProxied: receiver.expected !== 'NO_SIDECAR',
    tunnel: sent.tunnel !== undefined,
  }
  if (accepted === 'APPLICATION') {
    const message = `${said}, which reaches the application as it is`
    const conditions = applicationTls(path, receiver.protocol, because)
    return goOn('TRANSPORT', value, { reason: 'OTHER_TLS_PASSED_ON', message, because }, { assumptions, conditions })
  }
  const reason = sent.protocol === 'ISTIO_MUTUAL' ? 'MUTUAL_TLS' : 'PLAINTEXT_ACCEPTED'
  const inside = sent.tunnel === 'WITH_TLS' ? applicationTls(path, 'AUTO', because) : []
  const message = `${said} and the server takes it, as ${receiver.message}`
  return goOn('TRANSPORT', value, { reason, message, because }, { assumptions, conditions: [...inside, ...needed] })
}

/** A port declared TLS is taken at its word; elsewhere only the application knows. */
const applicationTls = (path: NetworkPath, protocol: Protocol, because: readonly ResourceRef[]) =>
  protocol === 'TLS'
    ? []
    : [condition('APPLICATION_TLS_NEEDED', `succeeds only if the application at port ${path.serverPort} takes TLS itself`, [...because])]
