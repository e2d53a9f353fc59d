import { admit } from '#access/admit'
import { by } from '#access/by'
import { AppError } from '#engine/model/app-error'
import type { Dependencies } from '../dependencies.js'

/** End an API token: it is not taken any more within five seconds, in this process and in others. */
export async function revokeToken({ store, caller }: Omit<Dependencies, 'analyst'>, id: string): Promise<void> {
  admit(caller, 'revokeToken')
  if (!(await store.revokeToken(id, by(caller, 'revokeToken'))))
    throw new AppError('TOKEN_NOT_FOUND', `there is no token \`${id.slice(0, 80)}\``)
}
