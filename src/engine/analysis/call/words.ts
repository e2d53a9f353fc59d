/**
 * A sentence that is put into words when it is read, in a text or by `String`, and then kept: nobody may read it.
 *
 * An object of its own and no accessor of what it stands in: the runtime lays out anew each object that has one.
 */
export interface Words {
  toString(): string
}

export function wordsFrom(tell: () => string): Words {
  let told: string | undefined
  return { toString: () => (told ??= tell()) }
}
