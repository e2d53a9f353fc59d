import { hasMetricsPort } from './application-objects.js'
import type { Plan, PlannedApplication, PlannedCluster } from './plan.js'

/** A question as the GraphQL variables carry it. */
export interface Question {
  readonly from: { readonly cluster: string; readonly namespace: string; readonly workload: string }
  readonly to: { readonly host: string; readonly port?: number; readonly method?: string; readonly path?: string }
}

/** A prime step through a list visits every item before it comes back to one. */
const at = <T>(items: readonly T[], index: number, step: number): T => {
  const item = items[(index * step) % items.length]
  if (item === undefined) throw new Error('there is nothing to ask about')
  return item
}

const workloadOf = ({ name, versioned }: PlannedApplication): string => (versioned ? `${name}-v1` : name)

/** Half of the calls ask by short name and leave the port open where there is one only; a third say what they request. */
function toward(target: PlannedApplication, index: number): Question['to'] {
  const short = index % 2 === 0
  const host = `${target.name}.${target.namespace}${short ? '' : '.svc.cluster.local'}`
  const port = short && !hasMetricsPort(target) ? {} : { port: 80 }
  return { host, ...port, ...(index % 3 === 0 ? { method: 'GET', path: `/items/${index}` } : {}) }
}

/** Calls between the applications of the plan, no two alike; the same index is always the same question. */
export function questionsOf(plan: Plan, first: number, count: number): readonly Question[] {
  const all = plan.clusters.flatMap(({ applications }) => applications)
  const targets = [...new Map(all.map((application) => [application.position, application])).values()]
  return Array.from({ length: count }, (_, offset) => {
    const index = first + offset
    const cluster: PlannedCluster = at(plan.clusters, index, 1)
    const source = at(cluster.applications, Math.floor(index / plan.clusters.length), 31)
    // Sources come round again after as many questions as there are services: by then the targets have moved on.
    const lap = Math.floor(index / all.length)
    const target = at(targets, index * 977 + lap * 13, 1)
    return { from: { cluster: cluster.name, namespace: source.namespace, workload: workloadOf(source) }, to: toward(target, index) }
  })
}
