/** A question for the service that this page came from. */
export interface Asked {
  readonly query: string
  readonly variables?: unknown
}

/** Asks it, and answers as it answered. */
export async function ask(question: Asked): Promise<unknown> {
  const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json' }
  const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify(question) })
  return response.json()
}
