import type { Reachability } from '#engine/model/reachability'
import type { ResourceRef } from '#engine/model/resource-ref'
import type { Step } from '#engine/model/step'

/** Answers as tests of how they are shown write them, and colours that are left out or can be read. */
export const plain = (_shade: string, text: string): string => text
export const marked = (shade: string, text: string): string => `<${shade}>${text}</>`

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
  ...more,
})
