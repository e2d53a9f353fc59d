import type { Meta } from '../meta.js'
import { type Raw, type Reading, readObject, readText } from '../reading.js'

/** `gateway.networking.k8s.io` GatewayClass: whose Gateways of the class are. Rule GWAPI-8. */
export interface GatewayClass {
  readonly meta: Meta
  readonly controller: string
}

export const readGatewayClass = (reading: Reading, raw: Raw, meta: Meta): GatewayClass => ({
  meta,
  controller: readText(reading, readObject(reading, raw, 'spec', ''), 'controllerName', 'spec'),
})
