import { beforeAll, describe, expect, it } from 'vitest'
import { kinds } from '#engine/resources/kinds'
import { checkOriginal } from '#engine/schemas/check-original'
import { loadSchemas } from '#engine/schemas/load-schemas'
import type { SchemaKinds } from '#engine/schemas/schema'

const notAtHand = 'no current definition of it is to be had as a module'
const noDefinition = 'it is served without a definition'
const noServer = 'no API server takes it'

/** Kinds that are read and of which nothing is known, with the reason; docs/rules/SCH101.md lists them. */
const without: Readonly<Record<string, string>> = {
  'crd.projectcalico.org/NetworkPolicy': notAtHand,
  'crd.projectcalico.org/GlobalNetworkPolicy': notAtHand,
  'projectcalico.org/NetworkPolicy': notAtHand,
  'projectcalico.org/GlobalNetworkPolicy': notAtHand,
  'crd.antrea.io/NetworkPolicy': notAtHand,
  'crd.antrea.io/ClusterNetworkPolicy': notAtHand,
  'sailoperator.io/Istio': notAtHand,
  'sailoperator.io/IstioRevision': notAtHand,
  'sailoperator.io/IstioRevisionTag': notAtHand,
  'operator.istio.io/Istio': notAtHand,
  'maistra.io/ServiceMeshControlPlane': notAtHand,
  'helm.toolkit.fluxcd.io/HelmRelease': notAtHand,
  'net.gke.io/ServiceExport': notAtHand,
  'net.gke.io/ServiceImport': notAtHand,
  'apps.openshift.io/DeploymentConfig': noDefinition,
  'install.istio.io/IstioOperator': noServer,
  'helm.istio.io/Values': noServer,
}

describe('the schemas', () => {
  let schemas: SchemaKinds = new Map()
  beforeAll(async () => {
    schemas = await loadSchemas()
  })
  const isKnown = (key: string): boolean => {
    const [group = '', kind = ''] = key.split('/')
    return checkOriginal(schemas, { apiVersion: group === '' ? 'v1' : `${group}/v1`, kind }) !== undefined
  }

  it('know every kind that is read, or one of another group that replaced it, but for those that are named with the reason', () => {
    const read = [...new Set(Object.values(kinds).flatMap(({ readers }) => Object.keys(readers)))]
    expect(read.filter((key) => !isKnown(key)).sort()).toEqual(Object.keys(without).sort())
  })

  it('know kinds in each version that is served', () => {
    const versionsOf = (key: string) => [...(schemas.get(key)?.versions.keys() ?? [])]
    expect(versionsOf('networking.istio.io/VirtualService')).toEqual(['v1', 'v1alpha3', 'v1beta1'])
    expect(versionsOf('policy.networking.k8s.io/ClusterNetworkPolicy')).toEqual(['v1alpha2', 'v1beta1'])
    expect(versionsOf('multicluster.x-k8s.io/ServiceImport')).toEqual(['v1alpha1', 'v1beta1'])
  })
})
