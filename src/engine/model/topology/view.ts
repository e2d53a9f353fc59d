import type { TenantHeader } from './tenant-header.js'

/** Whose things alone are shown: tenants with their members, as the document says that decides who sees what. */
export interface View {
  readonly tenants: readonly TenantHeader[]
}
