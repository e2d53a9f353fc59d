/**
 * What is worked out once and kept for as long as what it was made of.
 *
 * INVARIANT: the key names everything the value is made of. That is why there is no key beside the arguments: `make` sees what it is given and
 * nothing else, and all of it is the key, objects by identity and words by value. So an answer cannot depend on what was asked before. A value
 * may be made of what belongs to an argument, since snapshots never change; it may not be made of a variable around `make`.
 *
 * While something is made, another question may have its turn (`pause.ts`) and make the same: what was kept first stands for both, for things are told
 * apart by identity.
 */
type Word = string | number | boolean | undefined
type Parts = readonly [object, ...(object | Word)[]]

/** The first argument is an object: when it goes, what was made of it goes. `undefined` is not kept, since names of nothing have no end. */
export function remembered<Owner extends object, V>(make: (owner: Owner) => V): (owner: Owner) => V
export function remembered<Key extends Parts, V>(make: (...parts: Key) => V): (...parts: Key) => V
export function remembered<V>(make: (...parts: Parts) => V): (...parts: Parts) => V {
  return make.length === 1 ? ofOne(make) : make.length === 2 ? ofTwo(make) : make.length === 3 ? ofThree(make) : ofMany(make)
}

function ofOne<V>(make: (owner: object) => V): (owner: object) => V {
  const known = new WeakMap<object, V>()
  return (owner) => {
    const found = known.get(owner)
    if (found !== undefined) return found
    const value = make(owner)
    const meanwhile = known.get(owner)
    if (meanwhile !== undefined) return meanwhile
    if (value !== undefined) known.set(owner, value)
    return value
  }
}

/** Values by what is added to the owner: most have things or words alone. */
interface Shelf<V> {
  things: WeakMap<object, V> | undefined
  words: Map<Word, V> | undefined
}

/** What most is made of, spelt out: every question looks up a hundred of these. */
function ofTwo<V>(make: (owner: object, part: object | Word) => V): (...parts: Parts) => V {
  const shelves = new WeakMap<object, Shelf<V>>()
  return (owner, part) => {
    const shelf = shelves.get(owner)
    const found = typeof part === 'object' ? shelf?.things?.get(part) : shelf?.words?.get(part)
    if (found !== undefined) return found
    const value = make(owner, part)
    return value === undefined ? value : keep(shelves, owner, part, value)
  }
}

/** What was worked out on the way may have begun the owner's shelf. */
function keep<V>(shelves: WeakMap<object, Shelf<V>>, owner: object, part: object | Word, value: V): V {
  const shelf = shelves.get(owner) ?? { things: undefined, words: undefined }
  shelves.set(owner, shelf)
  return put(shelf, part, value)
}

/** What is kept: this, or what was before. */
function put<V>(shelf: Shelf<V>, part: object | Word, value: V): V {
  const book: Pick<Map<unknown, V>, 'get' | 'set'> = typeof part === 'object'
    ? ((shelf.things ??= new WeakMap<object, V>()) as never)
    : (shelf.words ??= new Map())
  const before = book.get(part)
  if (before !== undefined) return before
  book.set(part, value)
  return value
}

/** The same with a shelf for each two. */
function ofThree<V>(make: (owner: object, second: object | Word, third: object | Word) => V): (...parts: Parts) => V {
  const shelfOf = ofTwo((): Shelf<V> => ({ things: undefined, words: undefined }))
  return (owner, second, third) => {
    const shelf = shelfOf(owner, second)
    const found = typeof third === 'object' ? shelf.things?.get(third) : shelf.words?.get(third)
    if (found !== undefined) return found
    const value = make(owner, second, third)
    return value === undefined ? value : put(shelf, third, value)
  }
}

/** What was made of the arguments on the way here, and what leads on from here by one more. */
interface Level<V> {
  value: V | undefined
  things: WeakMap<object, Level<V>> | undefined
  words: Map<Word, Level<V>> | undefined
}

const emptyLevel = <V>(): Level<V> => ({ value: undefined, things: undefined, words: undefined })

function ofMany<V>(make: (...parts: Parts) => V): (...parts: Parts) => V {
  const root = emptyLevel<V>()
  return (...parts) => {
    let level: Level<V> | undefined = root
    for (let index = 0; index < parts.length && level !== undefined; index += 1) {
      const part = parts[index]
      level = typeof part === 'object' ? level.things?.get(part) : level.words?.get(part)
    }
    if (level?.value !== undefined) return level.value
    const value = make(...parts)
    if (value === undefined) return value
    const leaf = parts.reduce(levelBelow, root)
    leaf.value ??= value
    return leaf.value
  }
}

function levelBelow<V>(level: Level<V>, part: object | Word): Level<V> {
  const below = typeof part === 'object' ? level.things?.get(part) : level.words?.get(part)
  if (below !== undefined) return below
  const added = emptyLevel<V>()
  if (typeof part === 'object') (level.things ??= new WeakMap()).set(part, added)
  else (level.words ??= new Map()).set(part, added)
  return added
}
