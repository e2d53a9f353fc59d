/** How wide texts are on a terminal, and where a text is broken that is wider than its place. */
export interface Ruler {
  widthOf(text: string): number
  wrap(text: string, width: number): readonly string[]
}

/** Where nobody knows how wide the place is: in a pipe, or in an answer over HTTP. */
export const unbounded: Ruler = { widthOf: (text) => text.length, wrap: (text) => [text] }

/** Stands for a space in what is quoted, while lines are broken at the others. */
const held = '\u00a0'

/** For a terminal. Loaded only for one: it knows every script, and what it knows costs a short command more than its answer. */
export async function loadRuler(): Promise<Ruler> {
  const [{ default: widthOf }, { default: wrapAnsi }] = await Promise.all([import('string-width'), import('wrap-ansi')])
  const wrap = (text: string, width: number): readonly string[] => {
    if (widthOf(text) <= width) return [text]
    const whole = text.replaceAll(/`[^`]*`/g, (quoted) => (widthOf(quoted) <= width ? quoted.replaceAll(' ', held) : quoted))
    return wrapAnsi(whole, width).replaceAll(held, ' ').split('\n')
  }
  return { widthOf: (text) => widthOf(text), wrap }
}
