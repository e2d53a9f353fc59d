import type { Server } from './server/server.js'
import type { VersionContent } from '#analyst/analyst'
import type { GroupQuestion, IsolationQuestion } from '#engine/model/groups/group-question'
import type { GroupedCalls, Isolation } from '#engine/model/groups/grouped-calls'
import type { Asking } from '#operations/dependencies'
import { askCallers } from '#operations/questions/ask-callers'
import { askEffectivePolicy } from '#operations/questions/ask-effective-policy'
import { askHidden } from '#operations/questions/ask-hidden'
import { askIsolation } from '#operations/questions/ask-isolation'
import { askProxyConfig } from '#operations/questions/ask-proxy-config'
import { askReach } from '#operations/questions/ask-reach'
import { askReachability } from '#operations/questions/ask-reachability'
import { askTrust } from '#operations/questions/ask-trust'
import { askVisibility } from '#operations/questions/ask-visibility'
import { describeInventory } from '#operations/questions/describe-inventory'
import { askServerJson, askServerText } from './ask-server.js'
import { clustersOnServer, type SubjectCluster } from './clusters-on-server.js'
import { hiddenOnServer } from './hidden-on-server.js'
import { requestAbout } from './request-about.js'
import type { VersionName } from './version-name.js'

/** One question, and both ways to its answer. */
export interface Question<Asked, Answer> {
  /** Of a document at hand: the operation. */
  readonly here: (asking: Asking, content: VersionContent, asked: Asked) => Promise<Answer>
  /** Of a version that a server keeps. */
  readonly there: (server: Server, version: VersionName, asked: Asked) => Promise<Answer>
}

const question = <Asked, Answer>(
  here: Question<Asked, Answer>['here'],
  there: Question<Asked, Answer>['there'],
): Question<Asked, Answer> => ({ here, there })

/** Over REST, at the route of that name. */
const atRoute =
  <Asked extends object, Answer>(name: string): Question<Asked, Answer>['there'] =>
  (server, version, asked) =>
    askServerJson<Answer>(server, requestAbout(version, name, asked))

/** Every question that a command asks. */
export const questions = {
  reachability: question(askReachability, atRoute('reachability')),
  visibility: question(askVisibility, atRoute('visibility')),
  /** The page of services that the source does not see. */
  hidden: question(askHidden, hiddenOnServer),
  /** Where a name that was written short may stand. */
  clusters: question<void, readonly SubjectCluster[]>(
    async (asking, content) => (await describeInventory(asking, content)).clusters,
    clustersOnServer,
  ),
  trust: question(askTrust, atRoute('trust')),
  callers: question<GroupQuestion, GroupedCalls>(askCallers, atRoute('callers')),
  reach: question<GroupQuestion, GroupedCalls>(askReach, atRoute('reach')),
  isolation: question<IsolationQuestion, Isolation>(askIsolation, atRoute('isolation')),
  effectivePolicy: question(askEffectivePolicy, atRoute('effective-policy')),
  /** The answer as JSON in UTF-8, piece by piece. */
  proxyConfig: question(askProxyConfig, (server, version, asked) => askServerText(server, requestAbout(version, 'proxy-config', asked))),
} as const
