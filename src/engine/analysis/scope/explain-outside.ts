import { flatMap } from '../../flat-map.js'
import { blocksOf } from '../../istiod/matching/blocks-of.js'
import type { ResourceRef } from '../../model/resource-ref.js'
import { pausing } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'
import { blockTakes } from '../authorization/block-takes.js'
import type { MeshService } from '../../snapshot/services/mesh-service.js'
import type { ProxyScope } from '../../istiod/scope/proxy-scope.js'
import type { Client } from '../call/call.js'
import type { Named } from '../call/stage-values.js'
import { beyondRegistry } from './beyond-registry.js'
import { explainAlias } from './explain-alias.js'

interface Outside {
  /** The registry has it, and exportTo or a Sidecar keeps it from this proxy. */
  readonly hidden: boolean
  readonly message: string
  readonly because: readonly ResourceRef[]
}

/** Why has the proxy no service of that name: hidden from it, left out by its control plane, or unknown altogether? */
export function explainOutside(client: Client, named: Named, scope: ProxyScope): Outside {
  const record = hiddenRecord(client, named, scope)
  if (record?.resolution === 'ALIAS') return { hidden: true, ...explainAlias(scope, record) }
  if (record !== undefined) return { hidden: true, ...scope.whyHidden(record) }
  const unseen = beyondRegistry(client, scope.view, [named.hostname])
  return { hidden: false, ...(unseen ?? { message: `the proxy knows no service \`${named.hostname}\``, because: [] }) }
}

/** A record of the registry that the host means but the proxy does not have. */
function hiddenRecord({ workload }: Client, named: Named, scope: ProxyScope): MeshService | undefined {
  const { view } = scope
  const byHost = view.servicesByHost(named.hostname)[0]
  if (byHost !== undefined || named.resolvedBy !== 'LITERAL') return byHost
  return view.servicesByAddress(workload.cluster, named.hostname)[0] ?? ofBlock(view, named.hostname)
}

/** An entry that has the address in one of its blocks (DNS-16). */
function ofBlock(view: ControlPlaneView, address: string): MeshService | undefined {
  for (const { record, blocks } of pausing(recordsWithBlocks(view)))
    if (blocks.some((block) => blockTakes(block, address) === 'ALL')) return record
  return undefined
}

const recordsWithBlocks = remembered(({ services }: ControlPlaneView) =>
  flatMap(services, (record) => {
    const blocks = blocksOf(record)
    return blocks.length === 0 ? [] : [{ record, blocks }]
  }),
)
