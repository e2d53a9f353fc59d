const most = 1024 * 1024
const patience = 5_000

/** What an issuer says at an address: JSON of at most 1 MiB, within 5 seconds, from there and not from where it might lead to. */
export async function fetchJson(url: string | URL): Promise<unknown> {
  const signal = AbortSignal.timeout(patience)
  const response = await fetch(url, { redirect: 'error', headers: { accept: 'application/json' }, signal })
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of response.body ?? []) {
    size += piece.length
    if (size > most) throw new Error(`the answer is larger than ${most} bytes`)
    pieces.push(piece)
  }
  if (response.status !== 200) throw new Error(`the answer has the status ${response.status}`)
  return JSON.parse(Buffer.concat(pieces).toString('utf8')) as unknown
}
