import { isRaw, type Raw } from '../../resources/reading.js'

/** Does it define a kind of the Gateway API? */
export const isGatewayDefinition = ({ kind, spec }: Raw): boolean =>
  kind === 'CustomResourceDefinition' && isRaw(spec) && spec['group'] === 'gateway.networking.k8s.io'
