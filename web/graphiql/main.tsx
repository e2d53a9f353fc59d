import 'graphiql/setup-workers/vite'
import 'graphiql/style.css'
import './page.css'
import { GraphiQL, type GraphiQLProps } from 'graphiql'
import { createRoot } from 'react-dom/client'
import { type Asked, ask } from './ask'
import { findSubject } from './find-subject'
import { QuestionBar } from './question-bar'
import { type Question, questionsAbout } from './questions-about'

/** A question that answers on every server, empty ones included. */
const firstQuery = `# Ask what can reach what. Start with what is stored:
query Topologies {
  topologies(first: 20) {
    nodes {
      name
      version {
        number
        contentHash
      }
    }
  }
}
`

const fetcher = ((question: Asked) => ask(question)) as GraphiQLProps['fetcher']

/** What the address asks for (`?query=`, `?variables=`); else, on the first visit, the questions that are ready to run. */
function beginning(questions: readonly Question[]): Partial<GraphiQLProps> {
  const asked = new URLSearchParams(location.search)
  const query = asked.get('query')
  if (query !== null) return { initialQuery: query, initialVariables: asked.get('variables') ?? '' }
  return questions.length === 0 ? {} : { defaultTabs: questions.map(({ query: text, variables }) => ({ query: text, variables })) }
}

async function show(place: HTMLElement): Promise<void> {
  // Offering questions is a courtesy: the editor is there without them too.
  const subject = await findSubject().catch(() => undefined)
  const questions = subject === undefined ? [] : questionsAbout(subject)
  createRoot(place).render(
    <>
      <QuestionBar questions={questions} />
      <GraphiQL fetcher={fetcher} defaultQuery={firstQuery} {...beginning(questions)} />
    </>,
  )
}

const place = document.getElementById('graphiql')
if (place) void show(place)
