import type { Rule } from '../rule.js'
import { accountsDiffer } from './accounts-differ.js'
import { clusterLocalInPart } from './cluster-local-in-part.js'
import { exportWithoutEffect } from './export-without-effect.js'
import { inOnePrimaryOnly } from './in-one-primary-only.js'
import { noNameInCluster } from './no-name-in-cluster.js'
import { objectsNobodyReads } from './objects-nobody-reads.js'
import { servicesDiffer } from './services-differ.js'
import { subsetInPart } from './subset-in-part.js'
import { subsetUnknownToGateway } from './subset-unknown-to-gateway.js'
import { twinsDiffer } from './twins-differ.js'

/** Whether the clusters of a mesh agree on what they share. */
export const clusterRules: readonly Rule[] = [
  servicesDiffer,
  objectsNobodyReads,
  inOnePrimaryOnly,
  subsetUnknownToGateway,
  noNameInCluster,
  clusterLocalInPart,
  twinsDiffer,
  subsetInPart,
  accountsDiffer,
  exportWithoutEffect,
]
