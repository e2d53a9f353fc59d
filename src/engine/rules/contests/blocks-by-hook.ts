import { pause } from '../../pause.js'

/**
 * Told of a condition by which a match is found: a text of a family, such as the exact path `/a`. What a narrower match has to say is the text itself, or, of a
 * family of beginnings, a text that begins with it.
 */
export type TakeHook = (family: string, text: string) => void

export interface Hooks<M> {
  /** All that the match takes meets one of these; none: it takes nothing from others, as far as anybody knows. */
  readonly of: (wide: M, take: TakeHook) => void
  /** What it meets, whatever else it says; of beginnings the longest text. */
  readonly metBy: (narrow: M, take: TakeHook) => void
}

export interface HookedBlock<M> {
  readonly block: M
  readonly at: number
}

/** Matches, put in in their order. */
export interface BlocksByHook<M> {
  put(one: HookedBlock<M>): void
  /** The first that `isWanted` of those that could take all that this one takes. */
  first(narrow: M, isWanted: (one: HookedBlock<M>) => boolean): HookedBlock<M> | undefined
}

/** Matches with which one is compared: where more have the same hook, the first of them. */
const compared = 100
/** Characters of a beginning by which it is found. */
const ofBeginning = 32

export const exactly = (name: string): string => `${name}=`
export const beginning = (name: string): string => `${name}^`
const areBeginnings = (family: string): boolean => family.endsWith('^')

/**
 * Which matches of a list could take all that another one takes? A narrower match has to say the same as the wider one, or something under it, so that a list of any
 * length is looked through once, and not once for each of its matches.
 */
export function blocksByHook<M>({ of, metBy }: Hooks<M>): BlocksByHook<M> {
  const byHook = new Map<string, HookedBlock<M>[]>()
  const lengthsOf = new Map<string, Set<number>>()
  const put = (one: HookedBlock<M>, family: string, text: string): void => {
    const hook = hookOf(family, text)
    const blocks = byHook.get(hook)
    if (blocks === undefined) byHook.set(hook, [one])
    else if (blocks.length < compared) blocks.push(one)
  }
  return {
    put: (one) =>
      of(one.block, (family, text) => {
        if (!areBeginnings(family)) return put(one, family, text)
        const known = text.slice(0, ofBeginning)
        const lengths = lengthsOf.get(family)
        if (lengths === undefined) lengthsOf.set(family, new Set([known.length]))
        else lengths.add(known.length)
        put(one, family, known)
      }),
    first: (narrow, isWanted) => {
      let found: HookedBlock<M> | undefined
      pause()
      const look = (family: string, text: string): void => {
        for (const one of byHook.get(hookOf(family, text)) ?? nothing) {
          if ((found === undefined || one.at < found.at) && isWanted(one)) found = one
        }
      }
      metBy(narrow, (family, text) => {
        if (!areBeginnings(family)) look(family, text)
        else for (const length of lengthsOf.get(family) ?? nothing) if (length <= text.length) look(family, text.slice(0, length))
      })
      return found
    },
  }
}

const nothing: readonly never[] = []
const hookOf = (family: string, text: string): string => `${family}\u0000${text}`
