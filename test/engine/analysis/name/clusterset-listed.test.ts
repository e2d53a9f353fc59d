import { describe, expect, it } from 'vitest'
import { listVisible } from '#engine/analysis/visibility/list-visible'
import { cluster, deployment, type Manifest, naked, service, topology } from '../../combinations/asking.js'

const object = (kind: string, spec: Manifest = {}): Manifest => ({
  apiVersion: 'multicluster.x-k8s.io/v1alpha1',
  kind,
  metadata: { namespace: 'bank', name: 'ledger' },
  spec,
})
const imported = object('ServiceImport', { type: 'ClusterSetIP', ips: ['240.1.0.1'] })

/** What `shop/web` of west is listed under names of a set of clusters, with addresses and ports. */
function seen(web: Manifest, west: readonly Manifest[], flags: Manifest = {}) {
  const clusters = [
    cluster('west', [deployment('shop/web', {}, web), ...west], { remoteSecrets: ['east'] }),
    cluster('east', [deployment('bank/ledger'), service('bank/ledger'), object('ServiceExport')]),
  ]
  const snapshot = topology(clusters, { controlPlanes: ['west', 'east'].map((name) => ({ name, cluster: name, version: '1.32', flags })) })
  const listed = listVisible(snapshot, { from: { cluster: 'west', namespace: 'shop', workload: 'web' }, first: 100 })
  if ('problem' in listed) throw new Error(listed.problem.message)
  return listed.services
    .filter(({ host }) => host.endsWith('.clusterset.local'))
    .map(({ host, resolvesTo, ports }) => `${host} ${resolvesTo.join(',')} ${ports.map(({ number }) => number).join(',')}`)
}

const told = ['ledger.bank.svc.clusterset.local 240.1.0.1 80']

describe('names of a set of clusters among what a client sees', () => {
  it('are those that its proxy is given, where its control plane makes them (MCS-6)', () => {
    const flags = { ENABLE_MCS_SERVICE_DISCOVERY: 'true', ENABLE_MCS_HOST: 'true' }
    expect(seen({}, [imported], flags)).toEqual(told)
    expect(seen({}, [imported])).toEqual([])
    expect(seen({}, [object('ServiceImport')], flags)).toEqual([])
  })

  it('are without a proxy those that are imported into its cluster, with the ports of all that export (MCS-15, MCS-18)', () => {
    expect(seen(naked, [imported])).toEqual(told)
    expect(seen(naked, [object('ServiceImport')])).toEqual([])
    expect(seen(naked, [])).toEqual([])
  })
})
