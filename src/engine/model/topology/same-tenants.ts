/** Do two headers, in normal form, state the same `tenants`? One that states none has none. */
export const sameTenants = (header: string, other: string): boolean => header === other || tenantsIn(header) === tenantsIn(other)

/** As text: what is in normal form is equal when its text is. */
function tenantsIn(header: string): string {
  if (!header.includes('"tenants"')) return '[]'
  return JSON.stringify((JSON.parse(header) as { readonly tenants?: readonly unknown[] }).tenants ?? [])
}
