/** Numbers for things, so that keys can be made of them: what is one object is equal, everything else is taken to differ. */
export function createNumbers(): (thing: unknown) => number {
  const numbers = new Map<unknown, number>()
  return (thing) => {
    const known = numbers.get(thing) ?? numbers.size
    numbers.set(thing, known)
    return known
  }
}
