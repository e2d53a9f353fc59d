const kibibyte = 1024

/** What one request may ask, in the unit that each name says. Published as they are. */
export const graphqlLimits = {
  /** Characters of a query, and of an operation's name. */
  query: 64 * kibibyte,
  operationName: 256,
  tokens: 2_000,
  /** How deep brackets nest, and fields. */
  brackets: 60,
  depth: 12,
  rootFields: 10,
  aliases: 50,
  directives: 50,
  /** Fields, each once for each item of the pages around it; those that are worked out count for more, and what is only read of an answer for half. */
  cost: 6_000,
  /** Clusters, networks and control planes that others lead to in one request: how many that are is known when they are there. */
  related: 10_000,
  /** What fields count that are worked out: by their names, or by those of their types too. */
  weights: {
    reachability: 20,
    serviceVisibility: 20,
    hidden: 20,
    identityTrust: 20,
    callers: 100,
    reach: 200,
    isolation: 200,
    effectivePolicy: 20,
    proxyConfig: 100,
    findings: 20,
    deployment: 10,
    services: 10,
    workloads: 10,
    'TopologyVersion.service': 10,
    'TopologyVersion.workload': 10,
    'Service.identities': 10,
    'Service.routes': 5,
    'Service.runsIn': 5,
    'Service.source': 2,
    'Workload.identity': 10,
    'Workload.visible': 20,
  },
} as const

/** So many bytes are read here as a whole, resolved field by field, and written again in the time that others may be kept waiting: 50 ms. */
const readable = 512 * kibibyte

/** Bytes of all answers to one request together, given those of the largest answer. */
export const graphqlAnswer = (answerLimit: number): number => Math.min(answerLimit, readable)

export const parseLimits = { maxTokens: graphqlLimits.tokens } as const
export const validateLimits = { maxErrors: 20, hideSuggestions: true } as const
