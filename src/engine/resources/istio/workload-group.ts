import { type EntryEndpoint, readEntryEndpoint } from './entry-endpoint.js'
import type { Labels, Meta } from '../meta.js'
import { type Raw, type Reading, readLabels, readObject } from '../reading.js'

export interface WorkloadGroup {
  readonly meta: Meta
  readonly labels: Labels
  readonly annotations: Labels
  readonly template: EntryEndpoint
}

export const readWorkloadGroup = (reading: Reading, raw: Raw, meta: Meta): WorkloadGroup => {
  const spec = readObject(reading, raw, 'spec', '')
  const metadata = readObject(reading, spec, 'metadata', 'spec')
  return {
    meta,
    labels: readLabels(reading, metadata, 'labels', 'spec.metadata'),
    annotations: readLabels(reading, metadata, 'annotations', 'spec.metadata'),
    template: readEntryEndpoint(reading, readObject(reading, spec, 'template', 'spec'), 'spec.template'),
  }
}
