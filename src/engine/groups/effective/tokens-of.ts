import { jwtRulesFor } from '../../analysis/authorization/jwt-rules-for.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import type { Said } from './said.js'

/** Whose tokens are checked at the workload? Rule AUTHZ-21. */
export const tokensOf = (view: ControlPlaneView, workload: Workload): readonly Said[] =>
  jwtRulesFor(view, workload).map(({ rule, ref }) => ({
    concern: 'TOKENS',
    state: 'IN_FORCE',
    message: `checks tokens of \`${rule.issuer}\` that requests carry, and asks for none`,
    resource: ref,
    by: null,
  }))
