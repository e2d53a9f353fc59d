import { AppError } from '#engine/model/app-error'
import type { Version } from '#store/store'
import type { Means } from '../dependencies.js'

const attempts = 10

/**
 * Does something that is made for the newest version; several may write at once, so that it is done again for the new one when the topology has moved
 * on meanwhile, unless the writer `expects` a version.
 *
 * `write` is given the version, and the number that it has to append to.
 */
export async function onCurrentHead<T>(
  { store }: Pick<Means, 'store'>,
  { topology, expectedVersion: expects }: { readonly topology: string; readonly expectedVersion?: number | undefined },
  write: (head: Version | undefined, expectedVersion: number) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const head = await store.findVersion(topology, 'latest')
    try {
      return await write(head, expects ?? head?.number ?? 0)
    } catch (error) {
      const moved = error instanceof AppError && error.code === 'PRECONDITION_FAILED'
      if (!moved || expects !== undefined || attempt === attempts) throw error
    }
  }
}
