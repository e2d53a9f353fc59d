/**
 * Methods of HTTP/1.1 that Envoy reads (its parser, source/common/http/http1/balsa_parser.cc): it answers 400 to any other, letter by letter, and 404 to
 * `CONNECT`, of which no route of Istio's is. `QUERY` is new in some releases, and is not held against a request.
 */
const read = new Set(
  [
    'ACL BIND CHECKOUT COPY DELETE GET HEAD LINK LOCK MERGE MKACTIVITY MKCALENDAR MKCOL MOVE MSEARCH NOTIFY OPTIONS PATCH POST PROPFIND',
    'PROPPATCH PURGE PUT QUERY REBIND REPORT SEARCH SOURCE SUBSCRIBE TRACE UNBIND UNLINK UNLOCK UNSUBSCRIBE',
  ].flatMap((words) => words.split(' ')),
)

/** What a proxy that reads requests answers to one with this method, as the end of a sentence; undefined: it passes it on. */
export function whyUnread(method: string | undefined): string | undefined {
  if (method === undefined || read.has(method)) return undefined
  if (method === 'CONNECT') return 'answers 404 to every `CONNECT`'
  const upper = method.toUpperCase()
  const meant = read.has(upper) ? ` (it knows \`${upper}\`)` : ''
  return `answers 400 to the method \`${method}\`, which it does not know${meant}`
}
