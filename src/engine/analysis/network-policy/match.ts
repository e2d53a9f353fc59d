/** What an answer rests on where the rules leave something to the network plugin; each is an assumption's code. */
export type Rest =
  | 'NO_CLUSTER_MESH_ASSUMED'
  | 'NO_MASQUERADING_ASSUMED'
  | 'IP_BLOCK_COVERS_PODS_ASSUMED'
  | 'SERVICE_ADDRESS_TRANSLATED_ASSUMED'
  | 'NODE_TRAFFIC_ALLOWED_ASSUMED'
  | 'NETWORK_POLICY_APIS_TOGETHER_ASSUMED'

/** Does a rule, a peer or a port match? MAYBE says what is missing; YES and NO, what they rest on. */
export interface Match {
  readonly value: 'YES' | 'NO' | 'MAYBE'
  readonly missing: readonly string[]
  readonly rests: readonly Rest[]
}

const none: readonly never[] = []

export const yes: Match = { value: 'YES', missing: none, rests: none }
export const no: Match = { value: 'NO', missing: none, rests: none }
export const maybe = (...missing: readonly string[]): Match => ({ value: 'MAYBE', missing, rests: none })
export const decided = (holds: boolean): Match => (holds ? yes : no)

export const resting = (match: Match, ...rests: readonly Rest[]): Match =>
  rests.length === 0 || match.value === 'MAYBE' ? match : { ...match, rests: [...match.rests, ...rests] }

const firmest = (matches: readonly Match[], value: Match['value']): Match | undefined =>
  matches.filter((match) => match.value === value).sort((a, b) => a.rests.length - b.rests.length)[0]

const all = (matches: readonly Match[], value: Match['value']): Match => ({
  value,
  missing: [...new Set(matches.flatMap((match) => match.missing))],
  rests: [...new Set(matches.flatMap((match) => match.rests))],
})

const undecided = (matches: readonly Match[]): Match => ({
  ...all(
    matches.filter(({ value }) => value === 'MAYBE'),
    'MAYBE',
  ),
  rests: none,
})

/** One that matches is enough, the one that rests on least; that none does rests on what each rests on. */
export function anyOf(matches: readonly Match[]): Match {
  const telling = matches.filter((match) => match !== no)
  const [first = no] = telling
  if (telling.length < 2) return first
  return firmest(telling, 'YES') ?? (telling.some(({ value }) => value === 'MAYBE') ? undecided(telling) : all(telling, 'NO'))
}

export function allOf(matches: readonly Match[]): Match {
  const telling = matches.filter((match) => match !== yes)
  const [first = yes] = telling
  if (telling.length < 2) return first
  return firmest(telling, 'NO') ?? (telling.some(({ value }) => value === 'MAYBE') ? undecided(telling) : all(telling, 'YES'))
}
