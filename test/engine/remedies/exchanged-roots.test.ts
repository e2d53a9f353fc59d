import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { snapshotOf } from '../from-yaml.js'
import { objectsOf, remediesOf } from './remedies-of.js'

describe('a remedy for meshes that exchanged nothing', () => {
  it('is what each control plane’s MeshConfig gets of the other, which does it without any federation (TRUST-9, TLS-20, AUTHZ-15)', () => {
    const text = readFileSync('examples/two-meshes-without-trust/topology.yaml', 'utf8')
    const [from, to] = ['west/shop/client', 'ratings.shop.svc.mesh2.example:9080']
    const [remedy] = remediesOf(snapshotOf(text), from, to).remedies
    expect(remedy?.manifest).toMatch(
      /^# cluster: east\n# add under key mesh of ConfigMap istio in istio-system\n# append to the lists if they exist\n# what control plane west has\n/,
    )
    expect(remedy?.summary).toMatch(
      /; 1\. add .*; 2\. add .*; 3\. run .*; 4\. run .*; 5\. restart .* mean the same account of the other too; /,
    )
    const [east, west, document] = objectsOf(remedy!) as readonly object[]
    expect(document).toEqual({
      federations: [
        { importer: 'mesh1', exporter: 'mesh2', trustBundle: true },
        { importer: 'mesh2', exporter: 'mesh1', trustBundle: true },
      ],
    })
    expect(east).toMatchObject({ defaultConfig: { proxyMetadata: { PROXY_CONFIG_XDS_AGENT: 'true' } } })
    const added = [
      ['west.example', west],
      ['east.example', east],
    ] as const
    const changed = added.reduce(
      (before, [trustDomain, fragment]) =>
        before.replace(
          `meshConfig: { trustDomain: ${trustDomain} }`,
          `flags: { ISTIO_MULTIROOT_MESH: 'true' }, meshConfig: ${JSON.stringify({ trustDomain, ...fragment })}`,
        ),
      text,
    )
    expect(remediesOf(snapshotOf(changed), from, to).verdict).toBe('REACHABLE')
  })

  const text = readFileSync('examples/two-meshes-without-trust/topology.yaml', 'utf8')
  const summaryOf = (changed: string): string =>
    remediesOf(snapshotOf(changed), 'west/shop/client', 'ratings.shop.svc.mesh2.example:9080').remedies[0]?.summary ?? ''

  it('names the ConfigMap, what restarts each istiod, and what restarts the two ends (MODEL-1, TRUST-9)', () => {
    const summary = summaryOf(text)
    expect(summary).toContain(
      'to ConfigMap `istio` in `istio-system` of cluster `west`, under key `mesh`, and append to the lists if they exist',
    )
    expect(summary).toContain(
      '`kubectl --context east -n istio-system set env deployment/istiod ISTIO_MULTIROOT_MESH=true`, which restarts istiod',
    )
    expect(summary).toContain('`kubectl --context west -n shop rollout restart deployment/client`')
    expect(summary).toContain('`kubectl --context east -n shop rollout restart deployment/ratings`')
    expect(summary).not.toContain('ztunnel')
  })

  it('names istiod as it is deployed, and as the charts name that of a revision where nothing shows it (MODEL-1, MODEL-13)', () => {
    const revised = text.replace('{ name: west, cluster: west, ', '{ name: west, cluster: west, revision: canary, ')
    expect(summaryOf(revised.replace('istio-injection: enabled', 'istio.io/rev: canary'))).toMatch(
      /ConfigMap `istio-canary` in .*--context west -n istio-system set env deployment\/istiod-canary /,
    )
    const env = '[{ name: REVISION, value: canary }]'
    const istiod = `      - { apiVersion: apps/v1, kind: Deployment, metadata: { name: pilot, namespace: istio-system }, spec: { template: { spec: { containers: [{ name: discovery, image: istio/pilot:1.30.2, env: ${env} }] } } } }\n`
    const shown = text.replace('    resources:\n', `    resources:\n${istiod.replace(env, '[]')}`)
    expect(summaryOf(shown)).toContain('--context west -n istio-system set env deployment/pilot ISTIO_MULTIROOT_MESH=true')
  })

  it('says what ztunnel takes literally where one of the meshes has any (AUTHZ-40, AMB-3)', () => {
    const ambient = text.replace(
      'cluster: east, version: 1.30.2,',
      "cluster: east, version: 1.30.2, flags: { PILOT_ENABLE_AMBIENT: 'true' },",
    )
    expect(summaryOf(ambient)).toContain('mean the same account of the other too, except at ztunnel; ')
  })
})
