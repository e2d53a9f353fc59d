export interface Answered {
  readonly milliseconds: number
  readonly status: number
  readonly body: string
}

/** One request, its answer read to the end, timed from here. */
export async function send(port: number, method: string, path: string, body?: Buffer): Promise<Answered> {
  const since = performance.now()
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    ...(body === undefined ? {} : { body: new Uint8Array(body), headers: { 'content-type': 'application/json' } }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text.slice(0, 300)}`)
  return { milliseconds: performance.now() - since, status: response.status, body: text }
}
