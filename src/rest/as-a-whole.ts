import { answerTooLarge } from '#engine/model/answer-too-large'
import { AppError, errorOf } from '#engine/model/app-error'

interface Bounds {
  /** What was asked, as refusals know it. */
  readonly asked: string
  /** Bytes of the largest answer. */
  readonly limit: number
  /** The client has gone: no further piece is asked for. */
  readonly gone: AbortSignal
}

/** All pieces of an answer that comes one after the other; ANSWER_TOO_LARGE as soon as they take more than the limit. */
export async function asAWhole(
  pieces: AsyncIterable<Uint8Array>,
  { asked, limit, gone }: Bounds,
): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  const taken: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  for await (const piece of pieces) {
    if (gone.aborted) throw new AppError('CANCELLED', 'whoever asked has gone')
    size += piece.byteLength
    if (size > limit) throw errorOf(answerTooLarge(asked, { limit }).problem)
    taken.push(piece as Uint8Array<ArrayBuffer>)
  }
  return taken
}
