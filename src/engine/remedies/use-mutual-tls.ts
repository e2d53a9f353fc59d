import type { DestinationRule } from '../resources/istio/destination-rule.js'
import type { ControlPlaneView } from '../snapshot/snapshot.js'
import { changeObject } from '../simulate/change-object.js'
import { chosenTargets } from './chosen-targets.js'
import { apiVersion } from './free-name.js'
import { mergeFragment, type Proposal, type Propose } from './proposal.js'

/** The client's DestinationRule sets a TLS mode that the server does not take: Istio's mutual TLS instead. Rules TLS-5, TLS-11. */
export const useMutualTls: Propose = (situation) => {
  const view = situation.clients.find((client) => client.view !== undefined)?.view
  const rules = chosenTargets(situation).flatMap(({ rule }) => rule?.rules ?? [])
  const other = rules.find(({ policy }) => policy?.tls !== undefined && policy.tls.mode !== 'ISTIO_MUTUAL')
  return view === undefined || other === undefined ? [] : ofRule(view, other)
}

const ofRule = (view: ControlPlaneView, rule: DestinationRule): readonly Proposal[] => {
  const cluster = view.configCluster?.name
  const { namespace, name } = rule.meta
  const fragment = {
    apiVersion: apiVersion(view, 'networking'),
    kind: 'DestinationRule',
    metadata: { name, namespace },
    spec: { trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } },
  }
  const summary = `set the TLS mode of DestinationRule \`${namespace}/${name}\` to \`ISTIO_MUTUAL\`, which the server takes; the rest of the rule stays as it is`
  const tls = { mode: 'ISTIO_MUTUAL', subjectAltNames: rule.policy?.tls?.subjectAltNames ?? [], insecureSkipVerify: false } as const
  return cluster === undefined
    ? []
    : [
        mergeFragment(summary, cluster, fragment, (resources) =>
          changeObject(resources, 'destinationRules', rule, (object) => ({ ...object, policy: { ports: [], ...object.policy, tls } })),
        ),
      ]
}
