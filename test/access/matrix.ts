import type { Deed } from '#access/permissions'
import { type Role, roleNames } from './roles.js'

export type Answer = 'YES' | 'FORBIDDEN' | 'NOT_FOUND'

const answers = { y: 'YES', f: 'FORBIDDEN', n: 'NOT_FOUND' } as const

/**
 * What the contract says of scopes, written down by hand: a letter for each role, in their order (powerless, reader, writer, admin, stranger,
 * tenant). The stranger is answered as if there were no such topology, and told `forbidden` only of names that would be made.
 */
const rows: Readonly<Record<Deed, string>> = {
  // read: ask, validate
  againstBaseline: 'fyffnf',
  askCall: 'fyffyy',
  askCallers: 'fyffyy',
  askCallersOfEach: 'fyffyy',
  askCalls: 'fyffyy',
  askEffectivePolicy: 'fyffyy',
  askHidden: 'fyffyy',
  askHiddenOfEach: 'fyffyy',
  askIsolation: 'fyffyy',
  askReach: 'fyffyy',
  askReachOfEach: 'fyffyy',
  askProxyConfig: 'fyffyy',
  askAllProxyConfig: 'fyffyf',
  askReachability: 'fyffyy',
  askTrust: 'fyffyy',
  askVisibility: 'fyffyy',
  askVisibilityOfEach: 'fyffyy',
  askVisiblePage: 'fyffyy',
  describeDeployment: 'fyffyf',
  describeInventory: 'fyffyy',
  findService: 'fyffyy',
  findWorkload: 'fyffyy',
  listFindings: 'fyffyy',
  listFindingsOfEach: 'fyffyy',
  listServices: 'fyffyy',
  listTopologies: 'fyffyy',
  listVersions: 'fyffny',
  listWorkloads: 'fyffyy',
  openDocument: 'fyffyf',
  openForQuestions: 'fyffyf',
  readContent: 'fyffny',
  readDocument: 'fyffyf',
  readMetrics: 'fyffyf',
  readProxyConfig: 'fyffyy',
  readTopology: 'fyffny',
  readVersion: 'fyffny',
  relateServices: 'fyffyy',
  relateWorkloads: 'fyffyy',
  reportVersion: 'fyffyf',
  validateDocument: 'fyffyf',
  validateVersion: 'fyffyf',
  writeValidation: 'fyffyf',
  // write: append, creating what its pattern covers; description, tags, check
  appendVersion: 'ffyfff',
  checkCandidate: 'ffyfnf',
  putTag: 'ffyfnf',
  putTopology: 'ffyfff',
  replaceCluster: 'ffyfff',
  // admin: delete, and who sees what
  deleteTopology: 'fffynf',
  putAccessTag: 'fffynf',
  createToken: 'fffyff',
  listAudit: 'fffyff',
  listTokens: 'fffyff',
  revokeToken: 'fffyff',
  pruneVersions: 'fffynf',
  backUpStore: 'fffyff',
  restoreStore: 'fffyff',
  verifyStore: 'fffyff',
  // whoever began it
  cancelOperation: 'yyyyyf',
  listenToOperation: 'yyyyyf',
  readOperation: 'yyyyyf',
}

/** Whether each role may do each thing. */
export const matrix: readonly (readonly [deed: Deed, role: Role, answer: Answer])[] = Object.entries(rows).flatMap(([deed, letters]) =>
  roleNames.map((role, index) => [deed as Deed, role, answers[letters[index] as keyof typeof answers]] as const),
)
