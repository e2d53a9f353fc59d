import { pausing } from '../../pause.js'
import type { Severity } from '../../model/report.js'
import type { VirtualService } from '../../resources/istio/virtual-service.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { configurationsOf } from '../configurations.js'
import { consumersOf } from '../consumers.js'
import type { Breach, Rule } from '../rule.js'
import { concerned, type Contest, contestsOf } from './routes-of-one-host.js'

const nameOf = ({ meta }: VirtualService): string => `VirtualService \`${meta.namespace}/${meta.name}\``

/** An error where a proxy is known that has both, or none is known at all. */
function severityOf(view: ControlPlaneView, { at, consumers }: Contest): Severity {
  if (at !== 'mesh') return 'WARNING'
  return consumers.length > 0 || consumersOf(view).every(({ atGateway }) => atGateway) ? 'ERROR' : 'WARNING'
}

function tellLoser(contest: Contest): string {
  const { host, winner, at } = contest
  const how = at === 'mesh' ? 'has it alone' : 'takes every request to it first'
  return `${nameOf(winner)} is for \`${host}\` too, comes first and ${how} ${concerned(contest)}: these routes are never used there; put them into one VirtualService, or divide them by \`exportTo\``
}

function* breachesIn(view: ControlPlaneView): Iterable<Breach> {
  const won = new Map<VirtualService, Contest>()
  const lost = new Set<VirtualService>()
  for (const contest of pausing(contestsOf(view))) {
    won.set(contest.winner, won.get(contest.winner) ?? contest)
    if (lost.has(contest.loser)) continue
    lost.add(contest.loser)
    const istio = contest.at === 'mesh' ? ['IST0109'] : []
    yield { on: view.ref(contest.loser.meta, 'spec.hosts'), severity: severityOf(view, contest), istio, message: tellLoser(contest) }
  }
  for (const [winner, contest] of won) {
    if (lost.has(winner)) continue
    const message = `it has \`${contest.host}\` to itself ${concerned(contest)}, and ${nameOf(contest.loser)}, which is for that host too, is left out there; put both into one`
    const istio = contest.at === 'mesh' ? ['IST0109'] : []
    yield { on: view.ref(winner.meta, 'spec.hosts'), severity: 'INFO', istio, message }
  }
}

export const routesTakenByAnother: Rule = {
  code: 'CON101',
  name: 'routes-taken-by-another',
  severity: 'ERROR',
  istio: ['IST0109'],
  kiali: ['KIA1106'],
  summary: 'Two VirtualServices are for one host at the same proxies, which use the first one only (ROUTE-1, VIS-28).',
  *check(snapshot): Iterable<Breach> {
    for (const { views } of configurationsOf(snapshot)) {
      const [view] = views
      if (view !== undefined) yield* breachesIn(view)
    }
  },
}
