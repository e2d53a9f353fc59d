/** Parameters of a database's address that say how to connect, and never who one is. */
const harmless: ReadonlySet<string> = new Set([
  'application_name',
  'connect_timeout',
  'connection_limit',
  'host',
  'pgbouncer',
  'pool_timeout',
  'port',
  'schema',
  'sslmode',
  'sslrootcert',
  'uselibpqcompat',
])

/**
 * An address as it may be shown: whoever it names and every parameter that could be a credential masked, and nothing of it shown where
 * programs may read it in different ways.
 */
export function maskedUrl(text: string): string {
  const scheme = /^[a-z][a-z\d+.-]*:\/\//i.exec(text)?.[0] ?? ''
  const hidden = `${scheme}***`
  const [authority = ''] = text.slice(scheme.length).split(/[/?#]/)
  // A password with one of these in it, not escaped: where the host begins is anybody's guess.
  if (!URL.canParse(text) || text.slice(scheme.length + authority.length).includes('@') || text.includes('#')) return hidden
  const { username, password, host, pathname, searchParams } = new URL(text)
  const parameters = [...searchParams].map(([name, value]) => `${name}=${harmless.has(name.toLowerCase()) ? value : '***'}`)
  const user = username === '' && password === '' ? '' : '***@'
  return `${scheme}${user}${host}${pathname}${parameters.length === 0 ? '' : `?${parameters.join('&')}`}`
}
