import { pause } from '../../pause.js'

/**
 * A condition by which a match is found: a text of a family, such as the exact path `/a`. What a narrower match has to say is the text itself, or, of a family
 * of beginnings, a text that begins with it.
 */
export interface Hook {
  readonly family: string
  readonly text: string
}

export interface Hooks<M> {
  /** All that the match takes meets one of these; none: it takes nothing from others, as far as anybody knows. */
  readonly of: (wide: M) => Iterable<Hook>
  /** What it meets, whatever else it says; of beginnings the longest text. */
  readonly metBy: (narrow: M) => Iterable<Hook>
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

interface Family<M> {
  readonly lengths: Set<number>
  readonly byText: Map<string, HookedBlock<M>[]>
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
  const families = new Map<string, Family<M>>()
  return {
    put: (one) => {
      for (const { family, text } of of(one.block)) {
        const known = families.get(family) ?? { lengths: new Set(), byText: new Map() }
        families.set(family, known)
        const hook = areBeginnings(family) ? text.slice(0, ofBeginning) : text
        known.lengths.add(hook.length)
        const blocks = known.byText.get(hook)
        if (blocks === undefined) known.byText.set(hook, [one])
        else if (blocks.length < compared) blocks.push(one)
      }
    },
    first: (narrow, isWanted) => {
      let found: HookedBlock<M> | undefined
      pause()
      for (const { family, text } of metBy(narrow)) {
        for (const one of blocksAt(families.get(family), family, text)) {
          if ((found === undefined || one.at < found.at) && isWanted(one)) found = one
        }
      }
      return found
    },
  }
}

function* blocksAt<M>(known: Family<M> | undefined, family: string, text: string): Iterable<HookedBlock<M>> {
  if (known === undefined) return
  if (!areBeginnings(family)) return yield* known.byText.get(text) ?? []
  for (const length of known.lengths) if (length <= text.length) yield* known.byText.get(text.slice(0, length)) ?? []
}
