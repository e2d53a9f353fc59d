import type { EndpointPath, Reachability } from '#engine/model/reachability'
import type { ResourceRef } from '#engine/model/resource-ref'
import type { Step } from '#engine/model/step'
import type { Part } from '#formats/parts/part'
import { endless } from '#formats/text/screen'
import { writeText } from '#formats/text/write-text'

/** Answers as tests of how they are shown write them; what is told as its lines, without colours or with ones that can be read. */
export const plain = (parts: readonly Part[]): readonly string[] => writeText(parts, endless)
export const marked = (parts: readonly Part[]): readonly string[] =>
  writeText(parts, { ...endless, paint: (shade, text) => `<${shade}>${text}</>` })

export const ref = (name: string, more: Partial<ResourceRef> = {}): ResourceRef => ({
  cluster: 'west',
  kind: 'Service',
  namespace: 'shop',
  name,
  path: null,
  source: null,
  ...more,
})
export const step = (more: Partial<Step> = {}): Step => ({
  stage: 'AUTHORIZATION',
  outcome: 'PASSED',
  reason: 'DELIVERED',
  message: 'the call arrives',
  because: [],
  nearMisses: [],
  help: '/reasons/DELIVERED',
  hop: null,
  ...more,
})
export const endpoint = (more: Partial<EndpointPath> = {}): EndpointPath => ({
  address: '10.1.0.1',
  port: 8080,
  cluster: 'west',
  network: null,
  workload: 'cart',
  via: null,
  verdict: 'REACHABLE',
  reason: 'DELIVERED',
  steps: [],
  priority: 0,
  share: 1,
  ...more,
})
export const answer = (more: Partial<Reachability> = {}): Reachability => ({
  verdict: 'REACHABLE',
  reason: 'DELIVERED',
  summary: 'it arrives',
  steps: [],
  endpoints: [],
  conditions: [],
  assumptions: [],
  validUntil: null,
  remedies: [],
  noRemedy: null,
  symptom: null,
  ...more,
})
