import { describe, expect, it } from 'vitest'
import { issueAuthority } from '../../certificates.js'
import { ask, assumed, cluster, deployment, type Manifest, service, topology } from '../../combinations/asking.js'

const root = (await issueAuthority('Common')).pem
const ledger = [deployment('bank/ledger'), service('bank/ledger')]

describe('where Services must be exported', () => {
  const plane = (name: string, flags: Manifest) => ({ name, cluster: name, version: '1.30.2', flags })
  const gke = { MCS_API_GROUP: 'net.gke.io', MCS_API_VERSION: 'v1' }
  const exported = (name = 'ledger', apiVersion = 'multicluster.x-k8s.io/v1alpha1'): Manifest => ({
    apiVersion,
    kind: 'ServiceExport',
    metadata: { namespace: 'bank', name },
  })
  const discovery = { ENABLE_MCS_SERVICE_DISCOVERY: 'true' }
  const far = (flags: Manifest, east: readonly Manifest[] = [], west: readonly Manifest[] = []) =>
    ask(
      topology(
        [
          cluster('west', [deployment('shop/web'), service('bank/ledger'), ...west], { remoteSecrets: ['east'], rootCertificates: [root] }),
          cluster('east', [...ledger, ...east], { remoteSecrets: ['west'], rootCertificates: [root] }),
        ],
        { controlPlanes: [plane('west', flags), plane('east', flags)] },
      ),
      'west/shop/web',
      'ledger.bank',
    )

  it.each<[string, Manifest, readonly Manifest[], string]>([
    ['an endpoint of another cluster is not offered without a ServiceExport there (VIS-38)', discovery, [], 'UNREACHABLE'],
    ['and is with one', discovery, [exported()], 'REACHABLE'],
    ['of its own name', discovery, [exported('till')], 'UNREACHABLE'],
    ['or where istiod exports by itself (VIS-40, MCS-11)', { ...discovery, ENABLE_MCS_AUTO_EXPORT: 'true' }, [], 'REACHABLE'],
    ['without the flag nothing has to be (VIS-37, VIS-41, MCS-2)', {}, [], 'REACHABLE'],
    [
      'never outside of its cluster with the name of the set alone for others (MCS-4)',
      { ...discovery, ENABLE_MCS_HOST: 'true', ENABLE_MCS_CLUSTER_LOCAL: 'true' },
      [exported()],
      'UNREACHABLE',
    ],
    ['the last flag does nothing by itself (MCS-1)', { ...discovery, ENABLE_MCS_CLUSTER_LOCAL: 'true' }, [exported()], 'REACHABLE'],
    ['exports of another group are not read (MCS-1)', { ...discovery, ...gke }, [exported()], 'UNREACHABLE'],
    ['and those of the group that is asked for are', { ...discovery, ...gke }, [exported('ledger', 'net.gke.io/v1')], 'REACHABLE'],
    [
      'where its version is asked for as well',
      { ...discovery, MCS_API_GROUP: 'net.gke.io' },
      [exported('ledger', 'net.gke.io/v1')],
      'UNREACHABLE',
    ],
    ['GKE’s objects are not Istio’s own by default (MCS-1)', discovery, [exported('ledger', 'net.gke.io/v1')], 'UNREACHABLE'],
    ['a group that nobody here reads leaves it open (MCS-1)', { ...discovery, MCS_API_GROUP: 'mcs.example' }, [exported()], 'UNDETERMINED'],
  ])('%s', (_, flags, east, expected) => {
    expect(far(flags, east).verdict).toBe(expected)
  })

  it('an export in the caller’s cluster does not count, and its own endpoints need none (MCS-3)', () => {
    expect(far(discovery, [], [exported()]).verdict).toBe('UNREACHABLE')
    expect(far(discovery, [], [deployment('bank/ledger')]).verdict).toBe('REACHABLE')
  })

  it('no assumption is needed any more', () => expect(assumed(far(discovery, [exported()]))).not.toContain('FLAG_NOT_MODELLED'))
})
