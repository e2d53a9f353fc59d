import type { FoundVersion } from '#operations/versions/find-version'
import type { GraphqlContext } from './context.js'

type VersionContent = FoundVersion['content']

/** Asks something of a version once in a request, however many of its fields need it. */
export function once<Answer>(
  ask: (context: GraphqlContext, content: VersionContent) => Promise<Answer>,
): (context: GraphqlContext, content: VersionContent) => Promise<Answer> {
  const requests = new WeakMap<GraphqlContext, Map<VersionContent, Promise<Answer>>>()
  return (context, content) => {
    const known = requests.get(context) ?? new Map<VersionContent, Promise<Answer>>()
    requests.set(context, known)
    const answer = known.get(content) ?? ask(context, content)
    known.set(content, answer)
    return answer
  }
}
