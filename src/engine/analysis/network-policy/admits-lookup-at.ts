import type { Cluster } from '../../snapshot/snapshot.js'
import type { Workload } from '../../snapshot/workloads/workload.js'
import { blockTakes } from '../authorization/block-takes.js'
import { type Arriving, matchPorts } from './match-ports.js'
import { policiesSelecting } from './policies-selecting.js'

/** No block of addresses that somebody else may have as well. */
const narrow = '169.254.0.0/16'

const lookUp: Arriving = { port: 53, protocol: 'UDP', names: undefined }

/** Does a rule of what the workload sends let it ask at this very address of its node, or at a small block around it? Rule NP-22. */
export const admitsLookupAt = (cluster: Cluster, workload: Workload, address: string): boolean =>
  (policiesSelecting(cluster, workload, 'EGRESS')?.policies ?? []).some(({ egress }) =>
    (egress ?? []).some(
      ({ peers, ports }) =>
        matchPorts(ports, lookUp).value === 'YES' &&
        (peers ?? []).some(
          ({ ipBlock }) =>
            ipBlock !== undefined && blockTakes(narrow, ipBlock.cidr) === 'ALL' && blockTakes(ipBlock.cidr, address) === 'ALL',
        ),
    ),
  )
