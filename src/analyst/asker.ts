/** On whose behalf something is asked. */
export interface Asker {
  /** Turns are taken by client: a token, or an address. */
  readonly client: string
  /** Told of when nobody waits for the answers any more. */
  readonly onLeave?: ((leave: () => void) => void) | undefined
}

/** Who asks within the process. */
export const nobody: Asker = { client: '' }
