/** A request to a service on the loopback, by a token. */
export interface Request {
  readonly method?: string
  readonly path: string
  readonly token: string
  readonly body?: string
}

export interface Answer {
  readonly status: number
  readonly text: string
}

/** Sends it and reads the answer to its end, whatever its status; rejects where there is none. */
export async function ask(port: number, { method = 'GET', path, token, body }: Request): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body }),
  })
  return { status: response.status, text: await response.text() }
}

/** A token with these scopes, made by an admin. */
export async function createToken(port: number, admin: string, scopes: readonly string[], tenants?: readonly string[]): Promise<string> {
  const body = JSON.stringify({ name: scopes.join(), scopes, ...(tenants === undefined ? {} : { tenants }) })
  const { status, text } = await ask(port, { method: 'POST', path: '/v1/tokens', token: admin, body })
  if (status !== 201) throw new Error(`no token: ${status} ${text}`)
  return (JSON.parse(text) as { readonly token: string }).token
}
