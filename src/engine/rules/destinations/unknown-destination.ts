import { pausing } from '../../pause.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Breach, Rule } from '../rule.js'
import { rulesOver } from '../../istiod/destination-rules/rules-over.js'
import { type DestinationFault, destinationFaults } from './destination-faults.js'
import { effectOf, guessHost, isBeyondDocument, severityOf, whose } from './tell-fault.js'
import { subsetNamed } from '../../istiod/destination-rules/subset-named.js'

/** The faults of these kinds, each place once even where several control planes read it. */
function* faultsOf(snapshot: Snapshot, ...kinds: readonly DestinationFault['lack']['what'][]): Iterable<DestinationFault> {
  const told = new Set<string>()
  for (const fault of pausing(destinationFaults(snapshot))) {
    const { view, placed, lack } = fault
    const place = `${view.configCluster?.name} ${placed.owner.index} ${placed.path} ${lack.what}`
    if (!kinds.includes(lack.what) || told.has(place)) continue
    told.add(place)
    yield fault
  }
}

const refOf = ({ view, placed }: DestinationFault, field: string) => view.ref(placed.owner, `${placed.path}.${field}`)

function tellHost(fault: DestinationFault): string {
  const { view, host, consumers } = fault
  const [record] = view.servicesByHost(host)
  const then = `${whose(fault)} ${effectOf(fault)}`
  if (record === undefined)
    return `the route leads to \`${host}\`, which no Service or ServiceEntry declares: ${then}${guessHost(view, host)}`
  const hidden = consumers[0]?.scope.whyHidden(record).message ?? ''
  const target = record.resolution === 'ALIAS' ? (record.externalName ?? '') : undefined
  if (target !== undefined && view.servicesByHost(target).length === 0)
    return `the route leads to the ExternalName \`${host}\`, which stands for \`${target}\`, and no Service or ServiceEntry declares that: ${then}; add a ServiceEntry for it`
  if (target !== undefined) return `${fault.lack.message}: ${then}; route to the Service that it stands for`
  return `the route leads to a host that its proxies are not given, ${hidden}: ${then}; export it to them, or the VirtualService only where its destinations go`
}

export const unknownDestination: Rule = {
  code: 'DST101',
  name: 'unknown-destination',
  severity: 'ERROR',
  istio: ['IST0101'],
  kiali: ['KIA1101'],
  summary: 'A route leads to a host that proxies which use it do not have (ROUTE-6, VIS-21).',
  *check(snapshot): Iterable<Breach> {
    for (const fault of faultsOf(snapshot, 'HOST')) {
      const { view, host } = fault
      const on = refOf(fault, 'host')
      if (!isBeyondDocument(view, host)) yield { on, severity: severityOf(fault), message: tellHost(fault) }
      // A repository of one team's objects need not hold the Services of others.
      else yield { on, severity: 'INFO', istio: [], message: `${tellHost(fault)}; the document holds no Service of that namespace` }
    }
  },
}

function tellPort(fault: DestinationFault): string {
  const { host, lack, placed, consumers } = fault
  const ports =
    consumers[0]?.scope.services
      .get(host)
      ?.service.ports.map(({ number }) => number)
      .join(', ') ?? ''
  const { destination } = placed
  const then = `${whose(fault)} ${effectOf(fault)}`
  if (destination.port !== undefined)
    return `the route leads to port ${destination.port} of \`${host}\`, which these proxies know with ${ports === '' ? 'no ports' : `port ${ports}`} only: ${then}; write one of these`
  if (!lack.met) return `${lack.message}: it is then that of the listener, and where \`${host}\` lacks it, ${then}; write \`port.number\``
  const where = lack.ports.length === 0 ? '' : ` on port ${lack.ports.join(', ')}`
  return `the route names no port of \`${host}\`, which then is the listener’s own, and it has only ${ports}: ${then}${where}; write \`port.number\``
}

export const unknownDestinationPort: Rule = {
  code: 'DST102',
  name: 'unknown-destination-port',
  severity: 'ERROR',
  istio: ['IST0101', 'IST0112'],
  kiali: [],
  summary: 'A route leads to a port that its destination does not have, or names none where that decides (ROUTE-5).',
  *check(snapshot): Iterable<Breach> {
    for (const fault of faultsOf(snapshot, 'PORT', 'NO_PORT')) {
      const named = fault.placed.destination.port !== undefined
      const istio = [named ? 'IST0101' : 'IST0112']
      yield { on: refOf(fault, named ? 'port.number' : 'host'), severity: severityOf(fault), istio, message: tellPort(fault) }
    }
  },
}

/** A rule that defines the subset, and is not looked at by these proxies. */
function elsewhere({ view, host, placed }: DestinationFault): string {
  const defining = rulesOver(view, host).find((rule) => subsetNamed(rule, placed.destination.subset) !== undefined)
  if (defining === undefined) return ''
  const { namespace, name } = defining.meta
  return `; \`${namespace}/${name}\` defines it, and is not in force for them`
}

function tellSubset(fault: DestinationFault): string {
  const { host, lack, placed } = fault
  const { subset } = placed.destination
  const then = `${whose(fault)} ${effectOf(fault)}`
  const route = `the route leads to subset \`${subset}\` of \`${host}\``
  if (lack.rule === undefined)
    return `${route}, to which no DestinationRule applies here: ${then}; define the subset in one${elsewhere(fault)}`
  const { meta } = lack.rule.rules[0] ?? {}
  const names = lack.rule.subsets.map(({ name }) => `\`${name}\``).join(', ')
  const rule = `DestinationRule \`${meta?.namespace ?? ''}/${meta?.name ?? ''}\``
  return `${route}, but ${rule}, the one in force, defines ${names === '' ? 'no subsets' : `only ${names}`}: ${then}; add the subset there${elsewhere(fault)}`
}

/** A Service’s host as Kiali reads it: half of one, `reviews.shop`, means the Service too, which for Istio it does not. */
function looseHost(host: string, namespace: string): string {
  const [name, place = namespace, third] = host.split('.')
  return third === undefined || third === 'svc' ? `${name}.${place}` : host
}

/** Is there a rule, whichever namespace it stands in, by which Kiali takes the subset for defined? */
const isDefinedLoosely = ({ view, host, placed }: DestinationFault): boolean =>
  [...view.configuration.destinationRules.values()]
    .flat()
    .some(
      (rule) =>
        looseHost(rule.host, rule.meta.namespace) === looseHost(host, placed.owner.namespace) &&
        subsetNamed(rule, placed.destination.subset) !== undefined,
    )

export const unknownSubset: Rule = {
  code: 'DST103',
  name: 'unknown-subset',
  severity: 'ERROR',
  istio: ['IST0101'],
  kiali: ['KIA1107'],
  summary: 'A route leads to a subset that the DestinationRule in force does not define (ROUTE-6, ROUTE-20).',
  *check(snapshot): Iterable<Breach> {
    for (const fault of faultsOf(snapshot, 'SUBSET')) {
      const on = refOf(fault, 'subset')
      const kiali = isDefinedLoosely(fault) ? [] : this.kiali
      if (fault.view.configuration.destinationRules.size > 0) yield { on, severity: severityOf(fault), kiali, message: tellSubset(fault) }
      // Of a document without any of them nobody can say that this one is missing.
      else yield { on, severity: 'INFO', istio: [], message: `${tellSubset(fault)}: the document holds no DestinationRule at all` }
    }
  },
}
