import Type, { type Static } from 'typebox'

const strict = { additionalProperties: false }
const bytes = (description: string) => Type.Integer({ minimum: 0, description: `bytes: ${description}` })
const milliseconds = (description: string) => Type.Integer({ minimum: 0, description: `milliseconds: ${description}` })
const count = (description: string) => Type.Integer({ minimum: 0, description })

/** Calls in one reachability question. */
export const mostCalls = 1000

/** What one request for GraphQL may ask. */
const GraphqlLimits = Type.Object(
  {
    answer: bytes('all answers to one request together'),
    query: count('characters of a query'),
    operationName: count('characters of `operationName`'),
    tokens: count('tokens of a query'),
    brackets: count('how deep brackets nest in a query'),
    depth: count('how deep fields nest'),
    rootFields: count('fields at the root of an operation'),
    aliases: count('aliases in a query'),
    directives: count('directives in a query'),
    cost: count(
      'fields, each once for each item of the pages around it: what is only read of an answer counts half, an item one at least, and what is worked out as `weights` say',
    ),
    related: count('clusters, networks and control planes that services, workloads and one another lead to'),
    weights: Type.Record(Type.String(), Type.Integer({ minimum: 1 }), {
      description: 'what fields count that are worked out, by their names, or by `Type.field`',
    }),
  },
  strict,
)

/** What one document, or a text of it, may hold. */
const DocumentLimits = Type.Object(
  {
    depth: count('how deep lists and maps nest'),
    aliases: count('aliases in a YAML text'),
    aliasNodes: count('values that aliases in a YAML text repeat'),
    containers: count('lists and maps of a text'),
    documents: count('documents of a stream of YAML'),
    ownFields: count('fields that a document of YAML has of its own'),
    clusters: count('clusters of a topology'),
    selected: count(
      'endpoints that selectors of Services and ServiceEntries make, in all clusters: one for each of their ports and each pod, template without pods, or WorkloadEntry that they select',
    ),
    files: count('files in an archive or a form'),
  },
  strict,
)

/** What expressions of users may take; Istio's proxies refuse larger ones themselves. Beyond it a match is not known, and the answer says so. */
const ExpressionLimits = Type.Object(
  {
    characters: count('characters of an expression'),
    program: count('instructions of an expression; proxies refuse more, with all routes of the port'),
    matchSteps: count('instructions times characters of one match'),
    questionSteps: count('instructions times characters of all matches of one question'),
    questionProgram: count('instructions of all expressions that one question asks for'),
  },
  strict,
)

/** What the service takes and gives at most; beyond it a request is refused, and the refusal says which limit it was. */
export const Limits = Type.Object(
  {
    body: bytes('the body of a request that brings a document'),
    uploads: bytes('bodies of documents that are sent and taken in at once; a client has a quarter of it, and one document in any case'),
    jsonBody: bytes('the body of any other request'),
    answer: bytes('an answer, in JSON; documents are streamed, however large'),
    batch: count('calls in one reachability question'),
    page: count('items on a page'),
    requestMs: milliseconds('a client sends its request'),
    questionMs: milliseconds('one question is thought about'),
    documentMs: milliseconds('one document is taken in, or reported on'),
    requestsPerMinute: count(
      'requests of one token, or of one subject of the issuer, to all instances together; 0: any number. Without tokens none are counted',
    ),
    document: DocumentLimits,
    expressions: ExpressionLimits,
    graphql: GraphqlLimits,
  },
  { ...strict, description: 'what is taken and given at most; beyond it 4xx, whose `detail` says which limit it was' },
)
export type Limits = Static<typeof Limits>
