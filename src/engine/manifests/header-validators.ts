import { Compile } from 'typebox/compile'
import { Settings } from 'typebox/system'
import { ClusterHeader } from '../model/topology/cluster-header.js'
import { TopologyHeader } from '../model/topology-document.js'

// TypeBox stops at 8 errors; people correct a document faster when they see all of them.
Settings.Set({ maxErrors: 200 })

let compiledHeader: ReturnType<typeof Compile<typeof TopologyHeader>> | undefined
let compiledCluster: ReturnType<typeof Compile<typeof ClusterHeader>> | undefined

/** Compiled on first use: a process that only reads stored versions never needs them. */
export const headerValidator = () => (compiledHeader ??= Compile(TopologyHeader))
export const clusterValidator = () => (compiledCluster ??= Compile(ClusterHeader))
