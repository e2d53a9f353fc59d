import type { Deed } from '#access/permissions'
import type { VersionContent } from '#analyst/analyst'
import { listAudit } from '#operations/audit/list-audit'
import { againstBaseline } from '#operations/documents/against-baseline'
import { checkCandidate } from '#operations/documents/check-candidate'
import { openDocument } from '#operations/documents/open-document'
import { openForQuestions } from '#operations/documents/open-for-questions'
import { readContent } from '#operations/documents/read-content'
import { readDocument } from '#operations/documents/read-document'
import { reportVersion } from '#operations/documents/report-version'
import { validateDocument } from '#operations/documents/validate-document'
import { writeValidation } from '#operations/documents/write-validation'
import type { Dependencies } from '#operations/dependencies'
import { askCall } from '#operations/questions/ask-call'
import { askCallers } from '#operations/questions/ask-callers'
import { askCalls } from '#operations/questions/ask-calls'
import { askEffectivePolicy } from '#operations/questions/ask-effective-policy'
import { askHidden } from '#operations/questions/ask-hidden'
import { askIsolation } from '#operations/questions/ask-isolation'
import { askProxyConfig } from '#operations/questions/ask-proxy-config'
import { askReach } from '#operations/questions/ask-reach'
import { askReachability } from '#operations/questions/ask-reachability'
import { askTrust } from '#operations/questions/ask-trust'
import { askVisibility } from '#operations/questions/ask-visibility'
import { askVisiblePage } from '#operations/questions/ask-visible-page'
import { describeDeployment } from '#operations/questions/describe-deployment'
import { describeInventory } from '#operations/questions/describe-inventory'
import { listFindings } from '#operations/questions/list-findings'
import { listServices } from '#operations/questions/list-services'
import { listWorkloads } from '#operations/questions/list-workloads'
import { readProxyConfig } from '#operations/questions/read-proxy-config'
import { askCallersOfEach } from '#operations/relations/ask-callers-of-each'
import { askHiddenOfEach } from '#operations/relations/ask-hidden-of-each'
import { askReachOfEach } from '#operations/relations/ask-reach-of-each'
import { askVisibilityOfEach } from '#operations/relations/ask-visibility-of-each'
import { findService } from '#operations/relations/find-service'
import { findWorkload } from '#operations/relations/find-workload'
import { listFindingsOfEach } from '#operations/relations/list-findings-of-each'
import { relateServices } from '#operations/relations/relate-services'
import { relateWorkloads } from '#operations/relations/relate-workloads'
import { createToken } from '#operations/tokens/create-token'
import { listTokens } from '#operations/tokens/list-tokens'
import { revokeToken } from '#operations/tokens/revoke-token'
import { backUpStore } from '#operations/store/back-up-store'
import { restoreStore } from '#operations/store/restore-store'
import { verifyStore } from '#operations/store/verify-store'
import { deleteTopology } from '#operations/topologies/delete-topology'
import { listTopologies } from '#operations/topologies/list-topologies'
import { putTopology } from '#operations/topologies/put-topology'
import { readTopology } from '#operations/topologies/read-topology'
import { appendVersion } from '#operations/versions/append-version'
import { listVersions } from '#operations/versions/list-versions'
import { pruneVersions } from '#operations/versions/prune-versions'
import { putTag } from '#operations/versions/put-tag'
import { readVersion } from '#operations/versions/read-version'
import { replaceCluster } from '#operations/versions/replace-cluster'

const topology = 'shop'
const shop = { topology, ref: 'latest' }
const upload = { body: new Uint8Array([123, 125]), mediaType: 'application/json' } as const
export const content = {
  contentHash: '',
  header: '{"clusters":[]}',
  placesDigest: null,
  parts: [],
  load: () => Promise.reject(new Error()),
  view: { tenants: [] },
} as VersionContent
const manner = { form: 'json', program: '', room: { limit: 1, left: 1 } }
const from = { cluster: 'west', namespace: 'shop', workload: 'client' }
const call = { from, to: { host: 'reviews' } }
const answerLimit = 1024 ** 2
const identity = { spiffeId: 'spiffe://a/ns/b/sa/c' }

/** Every operation, done to the topology `shop` or to what was read of it. */
export const deeds: Readonly<Partial<Record<Deed, (needs: Dependencies) => unknown>>> = {
  againstBaseline: (needs) => againstBaseline(needs, shop),
  appendVersion: (needs) => appendVersion(needs, { topology, upload }),
  askCall: (needs) => askCall({ ...needs, answerLimit }, content, call),
  askCallers: (needs) => askCallers(needs, content, { of: from }),
  askCallersOfEach: (needs) => askCallersOfEach(needs, content, [{ of: from }]),
  askCalls: (needs) => askCalls({ ...needs, answerLimit }, content, { calls: [call] }),
  askEffectivePolicy: (needs) => askEffectivePolicy(needs, content, { of: from }),
  askHidden: (needs) => askHidden(needs, content, { from }),
  askHiddenOfEach: (needs) => askHiddenOfEach(needs, content, [{ from }]),
  askIsolation: (needs) => askIsolation(needs, content, { between: [from, from] }),
  askProxyConfig: (needs) => askProxyConfig(needs, content, { from }),
  askAllProxyConfig: (needs) => askProxyConfig(needs, content, {}),
  askReach: (needs) => askReach(needs, content, { of: from }),
  askReachOfEach: (needs) => askReachOfEach(needs, content, [{ of: from }]),
  askReachability: (needs) => askReachability(needs, content, call),
  askTrust: (needs) => askTrust(needs, content, { client: identity, server: identity }),
  askVisibility: (needs) => askVisibility(needs, content, { from }),
  askVisibilityOfEach: (needs) => askVisibilityOfEach(needs, content, [{ from }]),
  askVisiblePage: (needs) => askVisiblePage({ ...needs, answerLimit }, content, { from }),
  backUpStore: (needs) => backUpStore(needs),
  checkCandidate: (needs) => checkCandidate(needs, { upload }, shop, manner),
  createToken: (needs) => createToken(needs, { name: 'x', scopes: ['read'] }),
  deleteTopology: (needs) => deleteTopology(needs, topology),
  describeDeployment: (needs) => describeDeployment(needs, content),
  describeInventory: (needs) => describeInventory(needs, content),
  findService: (needs) => findService(needs, content, { host: 'reviews' }),
  findWorkload: (needs) => findWorkload(needs, content, { cluster: 'west', namespace: 'shop', name: 'client' }),
  listAudit: (needs) => listAudit(needs, {}),
  listFindings: (needs) => listFindings(needs, content, {}),
  listFindingsOfEach: (needs) => listFindingsOfEach(needs, content, [{ of: { host: 'reviews', namespace: 'shop' } }]),
  listServices: (needs) => listServices(needs, content, {}),
  listTokens: (needs) => listTokens(needs, {}),
  listTopologies: (needs) => listTopologies(needs, {}),
  listVersions: (needs) => listVersions(needs, topology, {}),
  listWorkloads: (needs) => listWorkloads(needs, content, {}),
  openDocument: (needs) => openDocument(needs, upload),
  openForQuestions: (needs) => openForQuestions(needs, upload),
  pruneVersions: (needs) => pruneVersions(needs, topology, { keep: 1 }),
  putAccessTag: (needs) => putTag(needs, shop, 'access'),
  putTag: (needs) => putTag(needs, shop, 'production'),
  putTopology: (needs) => putTopology(needs, topology, {}),
  readContent: (needs) => readContent(needs, shop),
  readDocument: (needs) => readDocument(needs, content, 'JSON'),
  readProxyConfig: (needs) => readProxyConfig(needs, content, { from }),
  readTopology: (needs) => readTopology(needs, topology),
  readVersion: (needs) => readVersion(needs, shop),
  relateServices: (needs) => relateServices(needs, content, [{ host: 'reviews', namespace: 'shop', fact: 'runsIn' }]),
  relateWorkloads: (needs) => relateWorkloads(needs, content, [{ key: 'west/shop/client/Deployment', fact: 'source' }]),
  replaceCluster: (needs) => replaceCluster(needs, { topology, cluster: 'west', upload }),
  reportVersion: (needs) => reportVersion(needs, content, manner),
  revokeToken: (needs) => revokeToken(needs, '000000000000'),
  restoreStore: (needs) => restoreStore(needs, (async function* () {})(), false),
  validateDocument: (needs) => validateDocument(needs, upload),
  writeValidation: (needs) => writeValidation(needs, upload, manner),
  verifyStore: (needs) => verifyStore(needs),
}
