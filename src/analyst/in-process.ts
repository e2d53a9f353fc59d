import type { Report } from '#engine/model/report'
import type { Analyst, Answered, Upload } from './analyst.js'
import { type Ask, askOf } from './ask.js'
import { sourceOf } from './version-source.js'
import { finish } from './turn-taking/work.js'
import { createWorkbench, type WorkbenchOptions } from './workbench.js'

const mebibyte = 1024 * 1024

export interface InProcessAnalyst extends Analyst {
  /** The report on a document at a moment (milliseconds since the epoch): the way in for programs that hold it against other tools. */
  validate(upload: Upload, at: number): Promise<Answered<Report>>
}

/** The engine in this thread: for the command line and for tests, where nobody else waits. */
export function createInProcessAnalyst({ cacheBytes = 256 * mebibyte, onProgress }: Partial<WorkbenchOptions> = {}): InProcessAnalyst {
  const workbench = createWorkbench({ cacheBytes, onProgress })
  const analyst: InProcessAnalyst = {
    as: () => analyst,
    validate: (upload, at) => finish(workbench.answer(askOf('validate', { upload, at }), [])),
    ask: (kind, asked, ...about) => finish(workbench.answer(askOf(kind, asked), about.map(sourceOf))),
    write: (kind, asked, room, ...about) => finish(workbench.write(askOf(kind, asked) as Ask, about.map(sourceOf), room)),
    health: () => ({ ready: true, waiting: 0 }),
    close: () => Promise.resolve(),
  }
  return analyst
}
