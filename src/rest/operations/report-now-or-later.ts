import type { FastifyReply } from 'fastify'
import type { Operation } from '#engine/model/operation'
import type { WorkSignal } from '#engine/model/work-signal'
import type { WrittenReport } from '#engine/model/written'
import { sendReport } from '../report-format.js'
import type { OperationBook } from './operation-book.js'
import { sendOperation } from './prefers-later.js'

interface Wish {
  readonly owner: string
  readonly kind: Operation['kind']
  readonly isLater: boolean
  /** 422 where the report is a failure. */
  readonly strict: boolean | undefined
}

/** Sends the report as soon as it is made, or at once the operation that makes it. */
export async function reportNowOrLater(
  reply: FastifyReply,
  operations: OperationBook,
  { owner, kind, isLater, strict }: Wish,
  work: (signal?: WorkSignal) => Promise<WrittenReport>,
): Promise<FastifyReply> {
  if (!isLater) return sendReport(reply, await work(), strict)
  return sendOperation(
    reply,
    operations.start(owner, kind, async (signal) => (await work(signal)).text),
  )
}
