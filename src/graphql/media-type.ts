/** The media type of GraphQL responses, in which a request error has a status of its own. */
export const graphqlResponse = 'application/graphql-response+json'

interface Accepted {
  readonly type: string
  readonly weight: number
}

const readPart = (part: string): Accepted => {
  const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase())
  const weight = parameters.find((piece) => piece.startsWith('q='))
  return { type, weight: weight === undefined ? 1 : Number(weight.slice(2)) }
}

/** The media type to answer in; undefined when none that is accepted can be produced. */
export function mediaTypeFor(accept: string | undefined): string | undefined {
  if (accept === undefined) return 'application/json'
  const wanted = accept
    .split(',')
    .map(readPart)
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
  for (const { type } of wanted) {
    if (type === graphqlResponse) return graphqlResponse
    if (type === 'application/json' || type === 'application/*' || type === '*/*') return 'application/json'
  }
  return undefined
}
