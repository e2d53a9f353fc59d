import type { IdentityInput } from '#engine/model/question'
import { failure } from './failure.js'
import { readIdentity } from './read-identity.js'
import { questions } from './questions.js'
import type { Subject } from './subject.js'

/** One side of a trust question: `namespace/service-account` is in the only cluster. */
export async function locateIdentity(flag: string, text: string | undefined, subject: Subject): Promise<IdentityInput> {
  const parts = text?.split('/') ?? []
  if (text === undefined || parts.length !== 2 || parts.includes('') || text.startsWith('{')) return readIdentity(flag, text)
  const clusters = await subject.ask(questions.clusters, undefined)
  const [only, another] = clusters
  if (only !== undefined && another === undefined) return readIdentity(flag, `${only.name}/${text}`)
  const spelt = clusters.slice(0, 3).map(({ name }) => `\`${name}/${text}\``)
  throw failure('input', `\`${flag} ${text}\` names no cluster, and there are ${clusters.length}: write ${spelt.join(', ')}`)
}
