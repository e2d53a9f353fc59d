import { type Protocol, protocolOfText } from '../kubernetes/protocol.js'
import type { Labels, Meta } from '../meta.js'
import { findOutboundMode } from './outbound-mode.js'
import {
  findObject,
  findSelector,
  findText,
  findWord,
  type Raw,
  type Reading,
  readList,
  readNumber,
  readObject,
  readText,
  readTexts,
} from '../reading.js'

export interface SidecarEgress {
  readonly port?: { readonly number: number; readonly protocol: string; readonly name: string }
  readonly bind?: string
  /** It listens on a real socket, and not on what is redirected to the proxy. */
  readonly isUncaptured?: true
  readonly hosts: readonly string[]
}

/** A port of the workload that the Sidecar declares in the place of Services. */
export interface SidecarIngress {
  readonly port: number
  readonly protocol: Protocol
}

export interface Sidecar {
  readonly meta: Meta
  readonly workloadSelector?: Labels
  readonly egress: readonly SidecarEgress[]
  readonly ingress: readonly SidecarIngress[]
  /** Absent: the mesh's policy; present without mode: REGISTRY_ONLY (MODEL-2). */
  readonly outboundTrafficPolicy?: 'REGISTRY_ONLY' | 'ALLOW_ANY' | 'ALLOW_ANY_DYNAMIC_DNS'
  /** There is a policy, and its mode is not written. */
  readonly outboundModeUnstated?: true
}

const readEgress = (reading: Reading, item: Raw, at: string): SidecarEgress => {
  const port = findObject(reading, item, 'port', at)
  const bind = findText(reading, item, 'bind', at)
  const captureMode = findWord(reading, item, 'captureMode', at, ['DEFAULT', 'IPTABLES', 'NONE'])
  return {
    ...(port === undefined
      ? {}
      : {
          port: {
            number: readNumber(reading, port, 'number', `${at}.port`),
            protocol: readText(reading, port, 'protocol', `${at}.port`),
            name: readText(reading, port, 'name', `${at}.port`),
          },
        }),
    ...(bind === undefined ? {} : { bind }),
    ...(captureMode === 'NONE' ? { isUncaptured: true as const } : {}),
    hosts: readTexts(reading, item, 'hosts', at),
  }
}

const readIngress = (reading: Reading, item: Raw, at: string): SidecarIngress => {
  const port = readObject(reading, item, 'port', at)
  return {
    port: readNumber(reading, port, 'number', `${at}.port`),
    protocol: protocolOfText(readText(reading, port, 'protocol', `${at}.port`)),
  }
}

/** As it stands there: whoever reads the policy notes what is wrong with it. */
const statedMode = ({ outboundTrafficPolicy: policy }: Raw): unknown => (policy as Raw | null | undefined)?.['mode']

export const readSidecar = (reading: Reading, raw: Raw, meta: Meta): Sidecar => {
  const spec = readObject(reading, raw, 'spec', '')
  const workloadSelector = findSelector(reading, spec, 'workloadSelector', 'spec')
  const outboundTrafficPolicy = findOutboundMode(reading, spec, 'spec')
  const stated = statedMode(spec)
  return {
    meta,
    ...(workloadSelector === undefined ? {} : { workloadSelector }),
    egress: readList(reading, spec, 'egress', 'spec', readEgress),
    ingress: readList(reading, spec, 'ingress', 'spec', readIngress),
    ...(outboundTrafficPolicy === undefined ? {} : { outboundTrafficPolicy }),
    ...(outboundTrafficPolicy === undefined || (stated !== undefined && stated !== null) ? {} : { outboundModeUnstated: true as const }),
  }
}
