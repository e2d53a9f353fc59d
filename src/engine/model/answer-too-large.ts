import type { Problem } from './app-error.js'

/** How much an answer may take: bytes of JSON in UTF-8, all of them together, and what is left of these. */
export interface Room {
  readonly limit: number
  readonly left: number
}

export const roomOf = (limit: number): Room => ({ limit, left: limit })

const page = 'ask for a shorter page with `first`'
const services = `${page}, name a \`host\`, or leave out \`endpoints\``
const clusters = 'validate fewer clusters at once, or suppress findings that are known'

/** What to ask for less of, by what was asked. */
const narrowing: Readonly<Record<string, string>> = {
  reachability: 'name one workload as the source and one port',
  calls: 'ask about fewer calls at once, and in each name one workload as the source and one port',
  visibility: services,
  visiblePage: services,
  hidden: page,
  services: page,
  workloads: page,
  proxyConfig: 'give `from`, which names one proxy',
  report: clusters,
  validate: clusters,
}

const units = [
  { name: 'MiB', size: 1024 * 1024 },
  { name: 'KiB', size: 1024 },
] as const

function amount(bytes: number): string {
  const unit = units.find(({ size }) => bytes % size === 0)
  return unit === undefined ? `${bytes} bytes` : `${bytes / unit.size} ${unit.name}`
}

/** Refuses an answer: it is complete, or it is not given. `asked`: what about, as the analyst calls it. */
export const answerTooLarge = (asked: string, { limit }: Pick<Room, 'limit'>): { readonly problem: Problem } => {
  const message = `the answer takes more than ${amount(limit)}: ${narrowing[asked] ?? 'ask for less'}`
  return { problem: { code: 'ANSWER_TOO_LARGE', message, details: {} } }
}
