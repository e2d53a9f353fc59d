import type { Told } from './told.js'

/** A form in which reports are written; which one it is changes neither verdict nor exit code. */
export interface Format {
  readonly name: string
  readonly says: string
  /** What it is sent as. */
  readonly mediaType: string
  /** Whether `Accept` can ask for it by that type, or `?format=` alone can. */
  readonly isAccepted: boolean
  /** Where every finding is written, accepted ones too: characters that each takes at least, besides its message. */
  readonly aroundFinding?: number
  /** The text in pieces, between which others may have their turn. */
  pieces(told: Told): Iterable<string>
}

/** All of it, where nobody waits. */
export const writeWhole = ({ pieces }: Pick<Format, 'pieces'>, told: Told): string => [...pieces(told)].join('')
