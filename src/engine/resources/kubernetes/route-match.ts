import { findObject, findText, type Raw, type Reading, readList, readText } from '../reading.js'

type Named = { readonly name: string; readonly value: string; readonly regex: boolean }

/** What a request must have for a rule of an HTTPRoute or a GRPCRoute. */
export interface RouteMatch {
  /** Absent: a GRPCRoute's, which may look at no path. */
  readonly path?: { readonly type: string; readonly value: string }
  /** Of a GRPCRoute: the service, the method or both. */
  readonly call?: { readonly type: string; readonly service?: string; readonly method?: string }
  readonly method?: string
  readonly headers: readonly Named[]
  readonly queryParams: readonly Named[]
}

/** What the API says of a rule that says nothing: every path. Rule GWAPI-37. */
const anyPath = { type: 'PathPrefix', value: '/' }

const readNamed = (reading: Reading, item: Raw, at: string): Named => ({
  name: readText(reading, item, 'name', at).toLowerCase(),
  value: readText(reading, item, 'value', at),
  regex: findText(reading, item, 'type', at) === 'RegularExpression',
})

const readParameter = (reading: Reading, item: Raw, at: string): Named => ({
  ...readNamed(reading, item, at),
  name: readText(reading, item, 'name', at),
})

function readHttpMatch(reading: Reading, item: Raw, at: string): RouteMatch {
  const path = findObject(reading, item, 'path', at) ?? {}
  const method = findText(reading, item, 'method', at)
  return {
    path: {
      type: findText(reading, path, 'type', `${at}.path`) ?? anyPath.type,
      value: findText(reading, path, 'value', `${at}.path`) ?? anyPath.value,
    },
    ...(method === undefined ? {} : { method }),
    headers: readList(reading, item, 'headers', at, readNamed),
    queryParams: readList(reading, item, 'queryParams', at, readParameter),
  }
}

function readGrpcMatch(reading: Reading, item: Raw, at: string): RouteMatch {
  const called = findObject(reading, item, 'method', at)
  const headers = readList(reading, item, 'headers', at, readNamed)
  if (called === undefined) return { headers, queryParams: [] }
  const [service, method] = ['service', 'method'].map((key) => findText(reading, called, key, `${at}.method`))
  const call = {
    type: findText(reading, called, 'type', `${at}.method`) ?? 'Exact',
    ...(service === undefined ? {} : { service }),
    ...(method === undefined ? {} : { method }),
  }
  return { call, headers, queryParams: [] }
}

/** The matches of a rule of the kind; none: it takes everything. */
export function readMatches(reading: Reading, rule: Raw, at: string, kind: string): readonly RouteMatch[] {
  if (kind === 'GRPCRoute') return readList(reading, rule, 'matches', at, readGrpcMatch)
  if (kind !== 'HTTPRoute') return []
  const matches = readList(reading, rule, 'matches', at, readHttpMatch)
  return matches.length > 0 ? matches : [{ path: anyPath, headers: [], queryParams: [] }]
}
