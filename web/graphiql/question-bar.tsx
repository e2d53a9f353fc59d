import type { Question } from './questions-about'

interface Bar {
  readonly questions: readonly Question[]
}

const addressOf = ({ query, variables }: Question): string => `/graphiql?${new URLSearchParams({ query, variables }).toString()}`

/** Above the editor: questions that are ready to run, and the ways to the other pages. */
export const QuestionBar = ({ questions }: Bar) => (
  <nav className="bar" aria-label="Site">
    <a className="brand" href="/">
      Sightline
    </a>
    <span className="offered">
      {questions.length === 0 ? (
        <a href="/docs/start">Nothing is stored here yet: how to start</a>
      ) : (
        questions.map((question) => (
          <a key={question.title} href={addressOf(question)}>
            {question.title}
          </a>
        ))
      )}
    </span>
    <span className="places">
      <a href="/docs">Docs</a>
      <a href="/docs/api">REST</a>
    </span>
  </nav>
)
