import { errorOf } from '#engine/model/app-error'
import type { Dependencies } from '#operations/dependencies'
import type { Answered } from '#operations/relations/each-operation'
import type { FoundVersion } from '#operations/versions/find-version'
import type { GraphqlContext } from './context.js'

type VersionContent = FoundVersion['content']

/** Asks about many things of a version at once; answers come in order, each as a value or as why there is none. */
type AskAll<Asked, Answer> = (
  dependencies: Dependencies,
  content: VersionContent,
  asked: readonly Asked[],
) => Promise<readonly Answered<Answer>[]>

interface Waiting<Asked, Answer> {
  readonly asked: Asked
  resolve(answer: Answer): void
  reject(error: unknown): void
}

/**
 * Asks for one item of a page what is asked for all of them at once.
 *
 * The fields of all items are resolved before anything else has its turn: what gathers until then is one question, however long the page is. A request has
 * its own, since whoever asks decides what is told.
 */
export function together<Asked, Answer>(
  askAll: AskAll<Asked, Answer>,
): (context: GraphqlContext, content: VersionContent, asked: Asked) => Promise<Answer> {
  const requests = new WeakMap<GraphqlContext, Map<VersionContent, Waiting<Asked, Answer>[]>>()
  return (context, content, asked) => {
    const waiting = requests.get(context) ?? new Map<VersionContent, Waiting<Asked, Answer>[]>()
    requests.set(context, waiting)
    const known = waiting.get(content)
    const list = known ?? []
    if (known === undefined) {
      waiting.set(content, list)
      setImmediate(() => {
        waiting.delete(content)
        void settle(
          list,
          askAll(
            context.dependencies,
            content,
            list.map((one) => one.asked),
          ),
        )
      })
    }
    return new Promise((resolve, reject) => list.push({ asked, resolve, reject }))
  }
}

async function settle<Asked, Answer>(
  list: readonly Waiting<Asked, Answer>[],
  answering: Promise<readonly Answered<Answer>[]>,
): Promise<void> {
  try {
    const answers = await answering
    for (const [index, { resolve, reject }] of list.entries()) {
      const answer = answers[index]
      if (answer === undefined) reject(new Error('a question was left without an answer'))
      else if ('problem' in answer) reject(errorOf(answer.problem))
      else resolve(answer.value)
    }
  } catch (error) {
    for (const { reject } of list) reject(error)
  }
}

/** Of answers that all are values. */
export const values = <T>(all: readonly T[]): readonly Answered<T>[] => all.map((value) => ({ value }))
