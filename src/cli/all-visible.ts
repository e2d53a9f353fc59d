import type { VisibilityQuestion } from '#engine/model/question'
import type { ServiceVisibility } from '#engine/model/visibility'
import { questions } from './questions.js'
import type { Subject } from './subject.js'

const first = 100

/** Everything that is seen and everything that is hidden, whatever the size of a page. */
export async function allVisible(subject: Subject, question: VisibilityQuestion): Promise<ServiceVisibility> {
  const start = await subject.ask(questions.visibility, { ...question, first })
  const services = [...start.services]
  for (let after = start.page.nextCursor; after !== null; ) {
    const { services: more, page } = await subject.ask(questions.visibility, { ...question, first, after })
    for (const one of more) services.push(one)
    after = page.nextCursor
  }
  // The first of the hidden come along with the first page; fewer than fit are all there are.
  const hidden = start.hidden.length < first ? start.hidden : await allHidden(subject, question)
  return { services, hidden, assumptions: start.assumptions, page: { hasMore: false, nextCursor: null } }
}

async function allHidden(subject: Subject, question: VisibilityQuestion): Promise<ServiceVisibility['hidden']> {
  const hidden: ServiceVisibility['hidden'] = []
  for (let after: string | null | undefined; after !== null; ) {
    const answer: ServiceVisibility = await subject.ask(questions.hidden, { ...question, first, ...(after === undefined ? {} : { after }) })
    for (const one of answer.hidden) hidden.push(one)
    after = answer.page.nextCursor
  }
  return hidden
}
