import type { Labels, Meta } from '../meta.js'
import {
  findFlag,
  findObject,
  findWord,
  type Raw,
  type Reading,
  readLabels,
  readList,
  readNumber,
  readObject,
  readText,
  readTexts,
} from '../reading.js'

export interface GatewayServer {
  readonly port: { readonly number: number; readonly protocol: string; readonly name: string }
  readonly hosts: readonly string[]
  /** The address that it listens at, where it is not every one of the pod. */
  readonly bind?: string
  readonly tlsMode?: 'PASSTHROUGH' | 'SIMPLE' | 'MUTUAL' | 'AUTO_PASSTHROUGH' | 'ISTIO_MUTUAL' | 'OPTIONAL_MUTUAL'
  readonly subjectAltNames: readonly string[]
  readonly httpsRedirect: boolean
  /** Secret with the certificate that it presents. */
  readonly credentialName?: string
  /** It presents the certificate of the gateway's own pod, by which clients outside of the mesh do not know it. */
  readonly ownCertificate?: true
  /** Certificates of clients are checked by an authority that is kept apart from its own certificate. */
  readonly authorityApart?: true
  /** The only pods that are given its certificate. */
  readonly certificatesFor?: { readonly namespace: string; readonly serviceAccount: string }
}

/** Where a Gateway of the Gateway API runs: on the pods of its Services. */
export interface RunningBehind {
  readonly namespace: string
  readonly services: readonly string[]
  readonly selectors: readonly Labels[]
  /** istiod runs them itself. */
  readonly managed: boolean
}

/** `networking.istio.io` Gateway. An empty selector means every gateway proxy. */
export interface Gateway {
  readonly meta: Meta
  readonly selector: Labels
  /** Instead of the selector: made of a Gateway of the Gateway API. */
  readonly runs?: RunningBehind
  readonly servers: readonly GatewayServer[]
}

const modes = ['PASSTHROUGH', 'SIMPLE', 'MUTUAL', 'AUTO_PASSTHROUGH', 'ISTIO_MUTUAL', 'OPTIONAL_MUTUAL'] as const

const readServer = (reading: Reading, item: Raw, at: string): GatewayServer => {
  const port = readObject(reading, item, 'port', at)
  const tls = findObject(reading, item, 'tls', at)
  const bind = readText(reading, item, 'bind', at)
  const credentialName = tls === undefined ? '' : readText(reading, tls, 'credentialName', `${at}.tls`)
  return {
    port: {
      number: readNumber(reading, port, 'number', `${at}.port`),
      protocol: readText(reading, port, 'protocol', `${at}.port`).toUpperCase(),
      name: readText(reading, port, 'name', `${at}.port`),
    },
    hosts: readTexts(reading, item, 'hosts', at),
    ...(bind === '' ? {} : { bind }),
    ...(tls === undefined ? {} : { tlsMode: findWord(reading, tls, 'mode', `${at}.tls`, modes) ?? ('PASSTHROUGH' as const) }),
    subjectAltNames: tls === undefined ? [] : readTexts(reading, tls, 'subjectAltNames', `${at}.tls`),
    httpsRedirect: tls === undefined ? false : (findFlag(reading, tls, 'httpsRedirect', `${at}.tls`) ?? false),
    ...(credentialName === '' ? {} : { credentialName }),
  }
}

export const readGateway = (reading: Reading, raw: Raw, meta: Meta): Gateway => {
  const spec = readObject(reading, raw, 'spec', '')
  return {
    meta,
    selector: readLabels(reading, spec, 'selector', 'spec'),
    servers: readList(reading, spec, 'servers', 'spec', readServer),
  }
}
