import { describe, expect, it } from 'vitest'
import { askedKinds, neverAsked } from '#engine/analysis/unread-kinds/asked-kinds'
import { kinds } from '#engine/resources/kinds'
import { kindsMeant } from '#engine/snapshot/clusters/unread-kinds'

describe('a kind that could not be read', () => {
  it.each<[string, readonly string[]]>([
    ['AuthorizationPolicy', ['authorizationPolicies']],
    ['Gateway', ['gateways', 'kubernetesGateways']],
    ['Gateway.networking.istio.io', ['gateways']],
    ['Gateway.gateway.networking.k8s.io', ['kubernetesGateways']],
    ['NetworkPolicy.networking.k8s.io', ['networkPolicies']],
    ['NetworkPolicy', ['networkPolicies', 'pluginPolicies']],
    ['Deployment.apps', ['podControllers']],
    ['Secret', ['secrets']],
    ['Telemetry', ['telemetries']],
    ['Service.v1', []],
  ])('`%s` means what the register keeps as %j', (told, expected) => {
    expect([...kindsMeant(told)].sort()).toEqual([...expected].sort())
  })

  it('is asked for by a stage, or said to decide nothing', () => {
    const told = new Set<string>([...Object.values(askedKinds).flat(), ...Object.keys(neverAsked)])
    expect(Object.keys(kinds).filter((name) => !told.has(name))).toEqual([])
  })
})
