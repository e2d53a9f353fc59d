import type { Analyst } from './analyst.js'
import { askOf } from './ask.js'
import { sourceOf } from './version-source.js'
import { createWorkbench } from './workbench.js'

const mebibyte = 1024 * 1024

/** The engine in this thread: for the command line and for tests, where nobody else waits. */
export function createInProcessAnalyst({ cacheBytes = 256 * mebibyte }: { readonly cacheBytes?: number } = {}): Analyst {
  const workbench = createWorkbench({ cacheBytes })
  return {
    ask: async (kind, asked, ...about) => workbench(askOf(kind, asked), about.map(sourceOf)),
    health: () => ({ ready: true, waiting: 0 }),
    close: () => Promise.resolve(),
  }
}
