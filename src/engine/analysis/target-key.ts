import type { RouteTarget } from './stage-values.js'

/** Names the upstream cluster; which rule and record stand behind it is one caller's view and the same for all of its routes. */
export const targetKey = ({ service, port, subset, carriesTls }: RouteTarget): string =>
  `${service.registry} ${service.namespace} ${service.hostname} ${port.number} ${subset} ${carriesTls === true}`
