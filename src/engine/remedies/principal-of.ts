import type { Client } from '../analysis/call/call.js'

/** The identity that mutual TLS shows the server; without a proxy there is none. */
export const principalOf = ({ workload, view }: Client): readonly string[] =>
  view === undefined || workload.dataPlane === 'NONE'
    ? []
    : [`${view.controlPlane.meshConfig.trustDomain}/ns/${workload.namespace}/sa/${workload.serviceAccount || 'default'}`]
