/**
 * Where long work may be put down for a moment, or for good.
 *
 * Loops that can be long call `pause` each time round; whoever runs the engine says what is done there. Others may be answered meanwhile by the
 * same code, or the work may be ended by an AppError, which nobody between here and there catches.
 *
 * INVARIANT: what is kept is kept when it is whole, and what was kept meanwhile stands (`remembered.ts`).
 */
export function pause(): void {
  left -= 1
  if (left > 0) return
  left = rounds
  atPause()
}

/** The same things, and others may have their turn between them, where there are others. */
export const pausing = <T>(things: Iterable<T>): Iterable<T> => (atPause === goOn ? things : inTurns(things))

function* inTurns<T>(things: Iterable<T>): Generator<T, void> {
  for (const thing of things) {
    pause()
    yield thing
  }
}

/** Says what is done where the engine pauses in this thread; undefined: nothing. */
export function whenPausing(work: (() => void) | undefined): void {
  atPause = work ?? goOn
}

/** Looking at a clock costs as much as a short round. */
const rounds = 4
const goOn = (): void => {}
let left = rounds
let atPause = goOn
