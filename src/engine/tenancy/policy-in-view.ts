import type { PolicyConcern, PolicyRow } from '../model/groups/effective-policy.js'
import { foreignRef, type Sight } from './sight.js'

const saying = {
  MUTUAL_TLS: 'says which mutual TLS the workload takes',
  AUTHORIZATION: 'says who may call the workload',
  TOKENS: 'says which tokens are taken',
  NETWORK_POLICY: 'says which connections the network lets through',
  EXTENSION: 'changes the proxy in ways that are not followed',
  SIDECAR: 'says what the proxy is given',
  ROUTES: 'says where calls go',
  DESTINATION: 'says how callers connect',
} as const satisfies Readonly<Record<PolicyConcern, string>>

/** Sentences name what others have: in view are the general ones. */
export const policyInView =
  (sight: Sight) =>
  <Row extends Pick<PolicyRow, 'concern' | 'message' | 'resource' | 'by'>>(row: Row): Row => ({
    ...row,
    message: saying[row.concern],
    resource: row.resource === null ? null : (sight.refs([row.resource])[0] ?? foreignRef),
    by: row.by === null ? null : (sight.refs([row.by])[0] ?? foreignRef),
  })
