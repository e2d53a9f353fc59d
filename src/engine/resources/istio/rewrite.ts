import { findObject, findText, type Raw, type Reading, readLabels, readText, readTexts } from '../reading.js'

/** `rewrite` of an http route (ROUTE-7). */
export interface Rewrite {
  readonly authority?: string
  /** Takes the place of the prefix that matched, or of the whole path where another match did. */
  readonly uri?: string
  readonly uriRegex?: { readonly match: string; readonly rewrite: string }
}

/** `headers.request` of an http route or of one of its destinations; names in lower case, without those of the authority. */
export interface HeaderOperations {
  readonly set: Readonly<Record<string, string>>
  readonly add: Readonly<Record<string, string>>
  readonly remove: readonly string[]
  /** `host` or `:authority`, set or added. */
  readonly authority?: string
}

export function findRewrite(reading: Reading, item: Raw, at: string): Rewrite | undefined {
  const rewrite = findObject(reading, item, 'rewrite', at)
  if (rewrite === undefined) return undefined
  const [authority, uri] = [findText(reading, rewrite, 'authority', `${at}.rewrite`), findText(reading, rewrite, 'uri', `${at}.rewrite`)]
  const regex = findObject(reading, rewrite, 'uriRegexRewrite', `${at}.rewrite`)
  const where = `${at}.rewrite.uriRegexRewrite`
  return {
    ...(authority ? { authority } : {}),
    ...(uri ? { uri } : {}),
    ...(regex === undefined
      ? {}
      : { uriRegex: { match: readText(reading, regex, 'match', where), rewrite: readText(reading, regex, 'rewrite', where) } }),
  }
}

const names = new Set(['host', ':authority'])
const isChangeable = (name: string): boolean => !name.startsWith(':') && name !== 'host'

export function findHeaderOperations(reading: Reading, item: Raw, at: string): HeaderOperations | undefined {
  const headers = findObject(reading, item, 'headers', at)
  const request = headers === undefined ? undefined : findObject(reading, headers, 'request', `${at}.headers`)
  if (request === undefined) return undefined
  const valuesOf = (key: string): readonly Header[] =>
    Object.entries(readLabels(reading, request, key, `${at}.headers.request`)).map(([name, value]) => [name.toLowerCase(), value] as const)
  return headerOperations(valuesOf('set'), valuesOf('add'), readTexts(reading, request, 'remove', `${at}.headers.request`))
}

type Header = readonly [name: string, value: string]

/** Names of `set` and `add` in lower case. */
export function headerOperations(set: readonly Header[], add: readonly Header[], remove: readonly string[]): HeaderOperations {
  const authority = [...set, ...add].find(([name]) => names.has(name))?.[1]
  return {
    set: Object.fromEntries(set.filter(([name]) => isChangeable(name))),
    add: Object.fromEntries(add.filter(([name]) => isChangeable(name))),
    remove: remove.map((name) => name.toLowerCase()),
    ...(authority === undefined ? {} : { authority }),
  }
}
