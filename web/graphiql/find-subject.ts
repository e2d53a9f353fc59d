import { ask } from './ask'

export interface Workload {
  readonly cluster: string
  readonly namespace: string
  readonly name: string
  readonly serviceAccount: string
  readonly dataPlane: string
}
interface Service {
  readonly host: string
  readonly namespace: string
  readonly clusters: readonly string[]
  readonly ports: readonly { readonly number: number }[]
}
interface Content {
  readonly workloads: { readonly nodes: readonly Workload[] }
  readonly services: { readonly nodes: readonly Service[] }
}

/** What the questions that this page offers are about: a caller, whom it calls, and the workload behind that. */
export interface Subject {
  readonly topology: string
  readonly caller: Workload
  readonly called: Workload
  readonly host: string
  readonly port: number
}

const names = '{ topologies(first: 100) { nodes { name } } }'
const content = `query ($name: String!) {
  topology(name: $name) {
    version {
      workloads(first: 50) { nodes { cluster namespace name serviceAccount dataPlane } }
      services(first: 50) { nodes { host namespace clusters ports { number } } }
    }
  }
}`

interface Names {
  readonly data?: { readonly topologies: { readonly nodes: readonly { readonly name: string }[] } } | null
}
interface Named {
  readonly data?: { readonly topology: { readonly version: Content | null } | null } | null
}

/** The example that the demo loads, before anything else that is stored. */
const example = 'multiple-networks'

/** Something that is stored here and can be asked about; undefined where nothing is. */
export async function findSubject(): Promise<Subject | undefined> {
  const { data } = (await ask({ query: names })) as Names
  const stored = (data?.topologies.nodes ?? []).map(({ name }) => name)
  const topology = stored.find((name) => name === example) ?? stored[0]
  if (topology === undefined) return undefined
  const answer = (await ask({ query: content, variables: { name: topology } })) as Named
  const version = answer.data?.topology?.version
  return version ? subjectIn(topology, version) : undefined
}

/** A workload with a proxy, and a service that its cluster has, with workloads elsewhere if there are any. */
function subjectIn(topology: string, { workloads: { nodes: workloads }, services: { nodes: services } }: Content): Subject | undefined {
  const callers = workloads.filter(({ dataPlane }) => dataPlane === 'SIDECAR')
  const ways = services.flatMap(({ host, namespace, clusters, ports }) => {
    const called = workloads.find((one) => one.namespace === namespace && one.name === host.split('.')[0])
    const [port] = ports
    if (called === undefined || port === undefined) return []
    return callers
      .filter((one) => one.namespace === namespace && one.name !== called.name && clusters.includes(one.cluster))
      .map((caller): Subject => ({ topology, caller, called, host, port: port.number }))
  })
  return ways.find(({ caller, called }) => caller.cluster !== called.cluster) ?? ways[0]
}
