import type { Labels, Meta } from '../meta.js'
import { findSelector, findWord, isEmptySelector, noteUnreadable, type Raw, type Reading, readObject } from '../reading.js'

export type MutualTlsMode = 'UNSET' | 'DISABLE' | 'PERMISSIVE' | 'STRICT'

export interface PeerAuthentication {
  readonly meta: Meta
  /** Absent or empty: the whole namespace, or the mesh in the root namespace (TLS-1). */
  readonly selector?: Labels
  /** A selector stands there and selects by nothing. */
  readonly emptySelector?: true
  readonly mode: MutualTlsMode
  readonly portModes: Readonly<Record<number, MutualTlsMode>>
}

const readMode = (reading: Reading, mtls: Raw, at: string): MutualTlsMode =>
  findWord(reading, mtls, 'mode', at, ['UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT']) ?? 'UNSET'

export const readPeerAuthentication = (reading: Reading, raw: Raw, meta: Meta): PeerAuthentication => {
  const spec = readObject(reading, raw, 'spec', '')
  const selector = findSelector(reading, spec, 'selector', 'spec')
  const ports = readObject(reading, spec, 'portLevelMtls', 'spec')
  const portModes: Record<number, MutualTlsMode> = {}
  for (const key of Object.keys(ports)) {
    const port = Number(key)
    if (Number.isInteger(port) && port > 0)
      portModes[port] = readMode(reading, readObject(reading, ports, key, 'spec.portLevelMtls'), `spec.portLevelMtls.${key}`)
    else noteUnreadable(reading, `spec.portLevelMtls.${key}`, 'is not a port')
  }
  return {
    meta,
    ...(selector === undefined ? {} : { selector }),
    ...(isEmptySelector(spec) ? { emptySelector: true as const } : {}),
    mode: readMode(reading, readObject(reading, spec, 'mtls', 'spec'), 'spec.mtls'),
    portModes,
  }
}
