import type { Inconsistency, Snapshot } from '../../snapshot/snapshot.js'
import { headerRef } from '../../snapshot/references.js'
import type { Breach, Rule } from '../rule.js'

function* inconsistencies(snapshot: Snapshot, code: Inconsistency['code']): Iterable<Breach> {
  for (const found of snapshot.inconsistencies) {
    if (found.code === code) yield { on: found.because[0] ?? headerRef('Topology', 'document'), message: found.message }
  }
}

export const referenceUnknown: Rule = {
  code: 'REF101',
  name: 'reference-unknown',
  severity: 'ERROR',
  istio: ['IST0101'],
  kiali: [],
  summary: 'The document names a mesh, network, cluster or control plane that it does not contain.',
  check: (snapshot) => inconsistencies(snapshot, 'REFERENCE_UNKNOWN'),
}

export const factContradicted: Rule = {
  code: 'REF102',
  name: 'fact-contradicted',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary: 'The header states one thing of a cluster, its objects another; the header is believed.',
  check: (snapshot) => inconsistencies(snapshot, 'FACT_CONTRADICTED'),
}

export const controlPlaneUnknown: Rule = {
  code: 'CTL102',
  name: 'control-plane-unknown',
  severity: 'WARNING',
  istio: [],
  kiali: [],
  summary: 'Proxies of a cluster have no control plane that may serve them (MODEL-23).',
  check: (snapshot) => inconsistencies(snapshot, 'CONTROL_PLANE_UNKNOWN'),
}
