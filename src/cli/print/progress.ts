import type { Watch } from '#engine/model/work-signal'

/** A line on a terminal that says how far long work is; nothing in a pipe, and nothing where it is done at once. */
export interface ProgressBar {
  readonly watch: Watch
  /** Takes the line away, before anything else is written. */
  clear(): void
}

const width = 30
const patienceMs = 400
const eraseLine = '\r\u001b[2K'

export function createProgressBar(stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>, now: () => number): ProgressBar {
  let began: number | undefined
  let shown = ''
  const show = (line: string): void => {
    if (line !== shown) stream.write(`${eraseLine}${line}`)
    shown = line
  }
  return {
    watch: (done, total) => {
      if (!stream.isTTY) return
      began ??= now()
      if (now() - began < patienceMs) return
      const filled = total === 0 ? 0 : Math.round((done / total) * width)
      show(`[${'#'.repeat(filled)}${' '.repeat(width - filled)}] ${total === 0 ? 'reading' : `${done} of ${total} checks`}`)
    },
    clear: () => {
      if (shown !== '') stream.write(eraseLine)
      shown = ''
    },
  }
}
