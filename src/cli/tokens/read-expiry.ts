import type { TokenRequest } from '#engine/model/access/token'
import { failure } from '../failure.js'

const longest = 3_660

/** `30d` or `30` from now, or `never`; the server's default where nothing is said. */
export function readExpiry(text: string | undefined, now: number): Pick<TokenRequest, 'expiresAt'> {
  if (text === undefined) return {}
  if (text === 'never') return { expiresAt: null }
  const days = Number(/^(\d{1,4})d?$/.exec(text)?.[1])
  if (days >= 1 && days <= longest) return { expiresAt: new Date(now + days * 86_400_000).toISOString() }
  throw failure(
    'input',
    `\`--expires ${text.slice(0, 60)}\` is neither a number of days such as \`30d\`, at most ${longest}, nor \`never\``,
  )
}
