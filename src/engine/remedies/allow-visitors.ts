import { takingEntrance } from '../analysis/entrance/taking-entrance.js'
import { entrancesOf } from '../analysis/entrance/entrances-of.js'
import { selectedPolicies } from '../analysis/authorization/selected-policies.js'
import { apiVersion, freeName } from './free-name.js'
import { addObjects, type Propose } from './proposal.js'
import { requestAsked } from './request-asked.js'
import { selectorOf } from './selector-of.js'

/**
 * No ALLOW policy of the gateway lets clients from outside ask for the host: one more that does, for this host and what is asked for only.
 *
 * ALLOW policies add up; a DENY is somebody's intention and is left alone. Rules AUTHZ-6, AUTHZ-17.
 */
export const allowVisitors: Propose = (situation) => {
  const { snapshot, question, calls } = situation
  const [call] = calls
  const asked = requestAsked(situation, true)
  if (question.from.outside !== true || call === undefined || asked === undefined) return []
  const named = { hostname: call.host, addresses: undefined }
  return entrancesOf(snapshot).flatMap((entrance) => {
    const { view, closed, port, proxy } = entrance
    const cluster = view.configCluster?.name
    if (cluster === undefined || closed !== undefined || (question.to.port && port !== question.to.port)) return []
    if (takingEntrance(entrance, named, call.attributes) === undefined || selectedPolicies(view, proxy.workload).allow.length === 0)
      return []
    const { namespace } = proxy.workload
    const name = freeName(`allow-outside-to-${call.host}`, view.configuration.authorizationPolicies.get(namespace) ?? [])
    const operation = {
      hosts: asked.hosts,
      ...(asked.method === undefined ? {} : { methods: [asked.method] }),
      ...(asked.path === undefined ? {} : { paths: [asked.path] }),
    }
    const manifest = {
      apiVersion: apiVersion(view, 'security'),
      kind: 'AuthorizationPolicy',
      metadata: { name, namespace },
      spec: { selector: { matchLabels: selectorOf(snapshot, proxy.workload) }, action: 'ALLOW', rules: [{ to: [{ operation }] }] },
    }
    const summary = `let everybody ask the gateway for \`${call.host}\`: one more ALLOW policy \`${namespace}/${name}\`; those that are there stay as they are`
    return [addObjects(summary, cluster, [manifest])]
  })
}
