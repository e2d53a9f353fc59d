import { Compile } from 'typebox/compile'
import { ClusterHeader, TopologyHeader } from '../model/topology-document.js'

let compiledHeader: ReturnType<typeof Compile<typeof TopologyHeader>> | undefined
let compiledCluster: ReturnType<typeof Compile<typeof ClusterHeader>> | undefined

/** Compiled on first use: a process that only reads stored versions never needs them. */
export const headerValidator = () => (compiledHeader ??= Compile(TopologyHeader))
export const clusterValidator = () => (compiledCluster ??= Compile(ClusterHeader))
