/** A text that was read and is asked for again where places are told: held, or read once more. */
export interface TextSource {
  readonly text: () => string
  /** What is made of the text, for as long as the text itself. */
  readonly as: (make: (text: string) => string) => TextSource
}

/** A text that stays. */
export const heldText = (text: string): TextSource => ({ text: () => text, as: (make) => heldText(make(text)) })

/** A text that is held while it is read, and let go of then: where it is asked for after that it is read once more, and stays. */
export function passingText(text: string, read: () => string): { readonly source: TextSource; letGo(): void } {
  const all: { text: string | undefined }[] = []
  const sourceOf = (make: () => string, atHand?: string): TextSource => {
    const held = { text: atHand }
    all.push(held)
    const own = (): string => (held.text ??= make())
    return { text: own, as: (of) => sourceOf(() => of(own())) }
  }
  const letGo = (): void => {
    for (const held of all) held.text = undefined
  }
  return { source: sourceOf(read, text), letGo }
}

/** A text that is at hand now, and how it is read again. */
export type Reread = (text: string, read: () => string) => TextSource

/** How many texts are held: of two files that are compared each as it is read, and with its lines ended alike. */
const most = 4

/** Texts that can be read again, and are: the last ones asked for are held, and no others. */
export const rereadTexts = (): Reread => {
  const held = new Map<() => string, string>()
  const hold = (read: () => string, text: string): string => {
    held.delete(read)
    held.set(read, text)
    for (const oldest of held.keys()) if (held.size > most) held.delete(oldest)
    return text
  }
  const source = (read: () => string): TextSource => {
    const text = (): string => hold(read, held.get(read) ?? read())
    return { text, as: (make) => source(() => make(text())) }
  }
  return (text, read) => {
    hold(read, text)
    return source(read)
  }
}
