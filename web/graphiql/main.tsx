import 'graphiql/setup-workers/vite'
import 'graphiql/style.css'
import './page.css'
import { GraphiQL, type GraphiQLProps } from 'graphiql'
import { createRoot } from 'react-dom/client'

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

const ask: GraphiQLProps['fetcher'] = async (question) => {
  const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json' }
  const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify(question) })
  return response.json()
}

const place = document.getElementById('graphiql')
if (place) createRoot(place).render(<GraphiQL fetcher={ask} defaultQuery={firstQuery} />)
