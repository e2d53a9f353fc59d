/** Answers that travel together. */
export interface AnswerBatch {
  add(id: number, text: string): void
  flush(): void
}

/** So much text is parsed on the main thread in about a millisecond; more would hold up everybody else there. */
const most = 128 * 1024
/** So few that the main thread sends the first ones off while the next are thought about: with one batch for all, each waits for the other. */
const several = 8

/** Collects short answers, each as JSON, and sends them in messages of bounded size. */
export function createBatch(send: (ids: readonly number[], texts: readonly string[]) => void): AnswerBatch {
  let ids: number[] = []
  let texts: string[] = []
  let size = 0
  const flush = (): void => {
    if (ids.length === 0) return
    send(ids, texts)
    ids = []
    texts = []
    size = 0
  }
  return {
    add: (id, text) => {
      ids.push(id)
      texts.push(text)
      size += text.length
      if (size >= most || ids.length >= several) flush()
    },
    flush,
  }
}
