import type { Scope } from '#engine/model/access/scope'

/** What it takes to do something. */
export interface Permission {
  /** ANY: every caller who is known. */
  readonly scope: Scope | 'ANY'
  /** What is said where the topology is none of the caller's: NOT_FOUND keeps to itself whether it exists. */
  readonly elsewhere: 'NOT_FOUND' | 'FORBIDDEN'
  /** May callers do it who are shown the things of some tenants only? VIEWED: what they are shown is theirs. */
  readonly tenants: 'VIEWED' | 'REFUSED'
  /** It is about more than topologies: callers who are limited to some may not. */
  readonly everywhere?: true
}

const asks = { scope: 'read', elsewhere: 'NOT_FOUND', tenants: 'REFUSED' } as const
/** Answered with what is theirs. */
const shows = { ...asks, tenants: 'VIEWED' } as const
/** Of names that the caller states: to refuse them says nothing of what exists. */
const writes = { scope: 'write', elsewhere: 'FORBIDDEN', tenants: 'REFUSED' } as const
const changes = { scope: 'write', elsewhere: 'NOT_FOUND', tenants: 'REFUSED' } as const
const manages = { scope: 'admin', elsewhere: 'NOT_FOUND', tenants: 'REFUSED' } as const
/** Of who may do what, and of everything that is stored. */
const governs = { scope: 'admin', elsewhere: 'FORBIDDEN', tenants: 'REFUSED', everywhere: true } as const
/** Of what callers began themselves. */
const follows = { scope: 'ANY', elsewhere: 'NOT_FOUND', tenants: 'REFUSED' } as const

/**
 * A row for every operation: nothing is done that has none.
 *
 * Operations admit their caller by it before they read anything; routes named after one (`operationId`) before they take a body. Its tests
 * are made of it, for every role.
 */
export const permissions = {
  againstBaseline: asks,
  appendVersion: writes,
  askCall: shows,
  askCallers: shows,
  askCallersOfEach: shows,
  askCalls: shows,
  askEffectivePolicy: shows,
  askHidden: shows,
  askHiddenOfEach: shows,
  askIsolation: shows,
  askProxyConfig: shows,
  /** Of all proxies: whole documents are shown to nobody who is limited to tenants. */
  askAllProxyConfig: asks,
  askReach: shows,
  askReachOfEach: shows,
  askReachability: shows,
  askTrust: shows,
  askVisibility: shows,
  askVisibilityOfEach: shows,
  askVisiblePage: shows,
  backUpStore: governs,
  cancelOperation: follows,
  checkCandidate: changes,
  createToken: governs,
  deleteTopology: manages,
  describeDeployment: asks,
  describeInventory: shows,
  findService: shows,
  findWorkload: shows,
  listAudit: governs,
  listFindings: shows,
  listFindingsOfEach: shows,
  listServices: shows,
  listTokens: governs,
  listTopologies: shows,
  listVersions: shows,
  listWorkloads: shows,
  listenToOperation: follows,
  openDocument: asks,
  openForQuestions: asks,
  pruneVersions: manages,
  putTag: changes,
  /** `access` says whose members tenants are: whoever moves it decides who sees what. */
  putAccessTag: manages,
  putTopology: writes,
  readContent: shows,
  readDocument: asks,
  readMetrics: asks,
  readOperation: follows,
  readProxyConfig: shows,
  readTopology: shows,
  readVersion: shows,
  relateServices: shows,
  relateWorkloads: shows,
  replaceCluster: writes,
  reportVersion: asks,
  revokeToken: governs,
  restoreStore: governs,
  validateDocument: asks,
  validateVersion: asks,
  verifyStore: governs,
  writeValidation: asks,
} as const satisfies Readonly<Record<string, Permission>>

/** What can be done. */
export type Deed = keyof typeof permissions
