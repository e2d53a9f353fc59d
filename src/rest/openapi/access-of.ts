import { routeRow } from '#access/route-row'
import { permissions } from '#access/permissions'
import { ProblemDocument } from '../problem-document.js'
import type { Response } from './operation.js'

/** How a caller is known, as OpenAPI tells of it. */
export const securitySchemes = {
  token: {
    type: 'http',
    scheme: 'bearer',
    description: 'an API token (`slt_…`) or, where the service has an issuer, a JWT of it. With `AUTH=none` nobody is asked.',
  },
} as const

interface Access {
  readonly security: readonly object[]
  /** The scope that it takes, which HTTP's own schemes cannot say. */
  readonly 'x-scope'?: string
  readonly refusals: Readonly<Record<number, Response>>
}

/** Who may use the route of this name, and how the others are refused. */
export function accessOf(operationId: string | undefined, path: string): Access {
  const url = path.replaceAll(/\{([^{}]*)\}/g, ':$1')
  const row = routeRow({ url, ...(operationId === undefined ? {} : { schema: { operationId } }) })
  if (row === undefined || row === 'OPEN') return { security: [], refusals: {} }
  const security = [{ token: [] }]
  if (row === 'CALLER') return { security, refusals: { 401: refusal, 429: refusal } }
  const { scope } = permissions[row]
  return { security, ...(scope === 'ANY' ? {} : { 'x-scope': scope }), refusals: { 401: refusal, 403: refusal, 429: refusal } }
}

const refusal: Response = { description: 'refused', content: { 'application/json': { schema: ProblemDocument } } }
