import { admit } from '#access/admit'
import { viewFor } from '#access/view-for'
import type { VersionContent } from '#analyst/analyst'
import type { IdentityTrust } from '#engine/model/identity-trust'
import type { TrustQuestion } from '#engine/model/question'
import { answeredFor } from './answered-for.js'
import type { Asking } from '../dependencies.js'
import { checkMoment } from './moment.js'

/** Do these two identities accept each other? */
export async function askTrust({ analyst, now, caller }: Asking, version: VersionContent, question: TrustQuestion): Promise<IdentityTrust> {
  admit(caller, 'askTrust')
  checkMoment(question.at)
  return answeredFor(
    { caller, deed: 'askTrust', version },
    await analyst.ask('trust', { question, at: now(), view: viewFor(caller, version) }, version),
  )
}
