import { styleText } from 'node:util'

export type Shade = 'good' | 'bad' | 'unsure' | 'faint' | 'strong'

/** Colours a piece of text, or leaves it as it is. */
export type Paint = (shade: Shade, text: string) => string

const styles = { good: 'green', bad: 'red', unsure: 'yellow', faint: 'dim', strong: 'bold' } as const

/** Colour on a terminal that can show it; `NO_COLOR` asks for none, `FORCE_COLOR` for some in a pipe as well. */
export const paintFor =
  (stream: NodeJS.WriteStream): Paint =>
  (shade, text) =>
    styleText(styles[shade], text, { stream })

export const unpainted: Paint = (_shade, text) => text

const shades: Readonly<Record<string, Shade>> = {
  REACHABLE: 'good',
  TRUSTED: 'good',
  PASS: 'good',
  PASSED: 'good',
  UNREACHABLE: 'bad',
  NOT_TRUSTED: 'bad',
  FAIL: 'bad',
  FAILED: 'bad',
  STOPPED: 'bad',
  ERROR: 'bad',
  NOT_APPLICABLE: 'faint',
  INFO: 'faint',
}

/** The shade in which a verdict, an outcome or a severity is shown. */
export const shadeOf = (word: string): Shade => shades[word] ?? 'unsure'
