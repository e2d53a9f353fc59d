import { AppError } from '#engine/model/app-error'
import type { View } from '#engine/model/topology/view'
import type { Caller } from './caller.js'

/** What of a version this caller is shown; undefined: everything. Nothing is asked of one that was not read for a caller who is limited to tenants. */
export function viewFor({ tenants }: Caller, { view }: { readonly view?: View }): View | undefined {
  if (tenants === undefined) return undefined
  if (view === undefined) throw new AppError('FORBIDDEN', 'nobody has said what of this the tenants to which the token is limited have')
  return view
}
