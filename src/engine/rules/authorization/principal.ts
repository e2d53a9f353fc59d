/** A principal of a policy by its parts, as far as no wildcard stands in their place. */
export interface Principal {
  readonly trustDomain: string | undefined
  readonly namespace: string | undefined
  readonly account: string | undefined
}

const whole = (part: string | undefined): string | undefined => (part === undefined || part === '' || part.includes('*') ? undefined : part)

const shape = /^[^/]+\/ns\/[^/]+\/sa\/[^/]+$/u
/** What a principal may begin with, up to where its wildcard stands. */
const beginning = /^[^/]*(\/(n|ns|ns\/[^/]*|ns\/[^/]+\/(s|sa|sa\/[^/]*)?)?)?$/u

/** What is wrong with it, so that no identity is ever called so (AUTHZ-10). */
function faultOf(value: string): string | undefined {
  if (value.startsWith('spiffe://')) return 'a principal is written without `spiffe://`'
  if (value.length > 1 && value.slice(value.startsWith('*') ? 1 : 0, -1).includes('*'))
    return '`*` stands for anything at the begin or at the end only'
  if (value.length > 1 && value.startsWith('*') && value.endsWith('*')) return '`*` stands at the begin or at the end, not at both'
  const fits = value.startsWith('*') || (value.endsWith('*') ? beginning.test(value.slice(0, -1)) : shape.test(value))
  return fits ? undefined : 'a principal is `<trust domain>/ns/<namespace>/sa/<service account>`'
}

/** Takes `td/ns/namespace/sa/account` apart; a wildcard at its begin or its end leaves open what it stands for. A text: what is wrong with it. */
export function readPrincipal(value: string): Principal | string {
  const fault = faultOf(value)
  if (fault !== undefined) return fault
  if (value.startsWith('*')) return fromEnd(value)
  const [domain, , namespace, , account] = value.split('/')
  return { trustDomain: whole(domain), namespace: whole(namespace), account: whole(account) }
}

/** After a wildcard only the end is known: from there backwards. */
function fromEnd(value: string): Principal {
  const parts = value.split('/')
  const account = parts.length > 1 && parts.at(-2) === 'sa' ? whole(parts.at(-1)) : undefined
  const namespace = parts.length > 3 && parts.at(-4) === 'ns' ? whole(parts.at(-3)) : undefined
  const trustDomain = parts.length === 5 ? whole(parts[0]) : undefined
  return { trustDomain, namespace, account }
}
