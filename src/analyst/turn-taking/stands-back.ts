import type { Task } from './task.js'

/** The large one that is under way, and those that are not ready for a turn. */
interface Standing {
  readonly large: Task | undefined
  readonly resting: Set<Task>
}

/** Several large ones under way would hold several times as much: each begins when the one before it is done. */
export function standsBack({ resting, large }: Standing, task: Task): boolean {
  if (task.job.isLarge !== true || large === undefined || large === task) return false
  task.stoodBack = true
  task.state = 'RESTING'
  resting.add(task)
  return true
}
