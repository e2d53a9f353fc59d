/**
 * At what of a single instance, beyond the kind that it is of, did a stage look?
 *
 * Equal instances are asked as one, so whoever looks at what may still differ between them says so; by exactly that they are told apart.
 */

/**
 * CALLER_ADDRESSES: the addresses of all instances that the caller stands for were weighed together, and not of each by itself. CALLER_AS_SERVER: those of
 * them who are called themselves are apart.
 */
export type CallerLook = 'CALLER_LOCALITY' | 'CALLER_NODE' | 'CALLER_ADDRESS' | 'CALLER_ADDRESSES' | 'CALLER_AS_SERVER'

/** SERVER_PLACE: where it stands; SERVER_ITSELF: this instance alone is meant, by name or as evidence. */
export type ServerLook = 'SERVER_PLACE' | 'SERVER_ADDRESS' | 'SERVER_ITSELF'

export type Look = CallerLook | ServerLook

export const noLooks: readonly Look[] = []

/** Calls that stay on the client's node (VIS-36). */
export const nodeLooks: readonly Look[] = ['CALLER_NODE']

/** Each look once; hardly anything looks, so the lists stay the same object. */
export function joinLooks(one: readonly Look[], other: readonly Look[] = noLooks): readonly Look[] {
  if (other.length === 0 || one === other) return one
  return one.length === 0 ? other : [...new Set([...one, ...other])]
}

export function allLooks(lists: Iterable<readonly Look[] | undefined>): readonly Look[] {
  let all = noLooks
  for (const looks of lists) all = joinLooks(all, looks)
  return all
}
