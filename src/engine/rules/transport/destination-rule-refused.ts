/**
 * Does a DestinationRule have callers send what the servers do not take?
 *
 * The rule decides for all endpoints alike, the servers' PeerAuthentications decide what is taken. Blamed is the rule, or where a rule for many services
 * asks for mutual TLS and a policy for a whole namespace or mesh turns it off, the policy. Rules TLS-5, TLS-11.
 */
import { pausing } from '../../pause.js'
import type { ClientTls, TrafficPolicy } from '../../resources/istio/traffic-policy.js'
import type { DestinationRule } from '../../resources/istio/destination-rule.js'
import { isWildcard } from '../../snapshot/covers.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import { nameConsumers } from '../consumers.js'
import type { Breach, Rule } from '../rule.js'
import { isRoutedTo } from './is-routed-to.js'
import { type Refusal, refusalsOf } from './refusals.js'
import { nameOf, policyOf, serverMode, type ServerMode } from './server-mode.js'

const sends = { PLAINTEXT: 'plaintext', ISTIO_MUTUAL: 'Istio mutual TLS', OTHER_TLS: 'TLS without a certificate of the mesh' } as const

interface Setting {
  readonly rule: DestinationRule
  readonly tls: ClientTls
  readonly path: string
}

/** Every place of a policy where TLS is set. */
function* settingsIn(rule: DestinationRule, policy: TrafficPolicy | undefined, at: string): Generator<Setting> {
  if (policy?.tls !== undefined) yield { rule, tls: policy.tls, path: `${at}.trafficPolicy.tls` }
  for (const [index, { policy: own }] of (policy?.ports ?? []).entries())
    if (own.tls !== undefined) yield { rule, tls: own.tls, path: `${at}.trafficPolicy.portLevelSettings[${index}].tls` }
}

function* settingsOf(rules: readonly DestinationRule[]): Generator<Setting> {
  for (const rule of rules) {
    yield* settingsIn(rule, rule.policy, 'spec')
    for (const [index, { policy }] of rule.subsets.entries()) yield* settingsIn(rule, policy, `spec.subsets[${index}]`)
  }
}

/** The rule that says what is sent, of those that are merged, and where. */
function settingOf({ rule, port, subset }: Refusal): Setting | undefined {
  const tls = rule?.transportTls(port.number, subset)
  return tls === undefined ? undefined : [...settingsOf(rule?.rules ?? [])].find((setting) => setting.tls === tls)
}

const isMeshWide = ({ host }: DestinationRule): boolean => isWildcard(host) && !host.includes('.svc.')

interface Blamed {
  readonly on: ResourceRef
  readonly kiali: readonly string[]
  readonly advice: string
}

/** A policy for a whole namespace, or the mesh, turns off what a rule for many services asks for. */
function blamePolicy({ view }: Refusal, { rule, tls }: Setting, { mode, policy }: ServerMode): Blamed | undefined {
  if (tls.mode !== 'ISTIO_MUTUAL' || mode !== 'DISABLE' || policy === undefined || !isWildcard(rule.host)) return undefined
  const found = policyOf(view, policy)
  if (found === undefined || Object.keys(found.selector ?? {}).length > 0) return undefined
  const isRoot = policy.namespace === view.controlPlane.meshConfig.rootNamespace
  const advice = 'set `mode: PERMISSIVE`, or turn mutual TLS off in the rule as well'
  return { on: policy, kiali: isRoot ? ['KIA0506'] : ['KIA0505'], advice }
}

function blameRule({ view }: Refusal, { rule, tls, path }: Setting, { mode }: ServerMode): Blamed {
  const on = view.ref(rule.meta, path)
  if (tls.mode === 'ISTIO_MUTUAL') {
    const advice =
      mode === 'NO_PROXY' ? 'give the server a proxy, or leave `tls` out' : 'leave `tls` out: automatic mutual TLS asks each server'
    return { on, kiali: [], advice }
  }
  const advice = 'write `mode: ISTIO_MUTUAL`, or leave `tls` out, or set the servers to `PERMISSIVE`'
  const code = isMeshWide(rule) ? 'KIA0208' : 'KIA0207'
  return { on, kiali: tls.mode === 'DISABLE' && mode === 'STRICT' ? [code] : [], advice }
}

/** Refusals of one cause are told once: of the same rule, for the same policy. */
interface Told {
  readonly refusal: Refusal
  readonly setting: Setting
  readonly blamed: Blamed
  readonly server: ServerMode
  services: number
  /** Some call goes there; else it is a subset that no route leads to. */
  routed: boolean
}

const hostOf = ({ service, port }: Refusal): string =>
  isWildcard(service.hostname) ? 'services of the mesh' : `\`${service.hostname}:${port.number}\``

function tell({ refusal, setting, blamed, server, services }: Told): string {
  const byRule = blamed.on.kind === 'DestinationRule' ? 'this rule' : nameOf(refusal.view.ref(setting.rule.meta))
  const more = services > 1 ? ` and ${services - 1} more` : ''
  const who = nameConsumers(refusal.consumers)
  return `by ${byRule} calls from ${who} to ${hostOf(refusal)}${more} go out as ${sends[refusal.sent.protocol]}, and are refused: ${server.told}; ${blamed.advice}`
}

/** A DestinationRule and the servers' PeerAuthentications contradict each other. */
export const destinationRuleRefused: Rule = {
  code: 'TLS101',
  name: 'destination-rule-refused',
  severity: 'ERROR',
  istio: [],
  kiali: ['KIA0207', 'KIA0208', 'KIA0505', 'KIA0506'],
  summary:
    'A DestinationRule makes callers send what the servers refuse: plaintext where mutual TLS is asked for, or the reverse (TLS-5, TLS-11).',
  *check(snapshot): Iterable<Breach> {
    const told = new Map<string, Told & { readonly hosts: Set<string> }>()
    for (const refusal of pausing(refusalsOf(snapshot))) {
      const setting = settingOf(refusal)
      if (setting === undefined) continue
      const server = serverMode(snapshot, refusal.server, refusal.serverPort)
      const blamed = blamePolicy(refusal, setting, server) ?? blameRule(refusal, setting, server)
      const { on } = blamed
      const key = `${on.cluster} ${on.kind} ${on.namespace}/${on.name} ${on.path} ${server.mode}`
      const known = told.get(key)
      if (known !== undefined && !known.routed && isRoutedTo(refusal)) known.routed = true
      if (known === undefined)
        told.set(key, {
          refusal,
          setting,
          blamed,
          server,
          services: 1,
          routed: isRoutedTo(refusal),
          hosts: new Set([refusal.service.hostname]),
        })
      else known.services = known.hosts.add(refusal.service.hostname).size
    }
    for (const one of told.values())
      yield { on: one.blamed.on, kiali: one.blamed.kiali, severity: one.routed ? 'ERROR' : 'WARNING', message: tell(one) }
  },
}
