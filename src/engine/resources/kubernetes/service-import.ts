import type { Meta } from '../meta.js'
import { type Raw, type Reading, readObject, readText, readTexts } from '../reading.js'

/** The Service of that name as a set of clusters offers it in this one: `name.namespace.svc.clusterset.local` (MCS-3, MCS-14). */
export interface ServiceImport {
  readonly meta: Meta
  /** Group and version as written: control planes read one group (MCS-1). */
  readonly apiVersion: string
  /** The name stands for the pods themselves, and there is no address of its own. */
  readonly headless: boolean
  /** Addresses in this cluster; empty: none yet. */
  readonly ips: readonly string[]
}

export function readServiceImport(reading: Reading, raw: Raw, meta: Meta): ServiceImport {
  const spec = readObject(reading, raw, 'spec', '')
  return {
    meta,
    apiVersion: readText(reading, raw, 'apiVersion', ''),
    headless: readText(reading, spec, 'type', 'spec') === 'Headless',
    ips: readTexts(reading, spec, 'ips', 'spec'),
  }
}
