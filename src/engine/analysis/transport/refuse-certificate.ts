/**
 * Would the client's proxy take the certificate of an application that ends TLS itself?
 *
 * TLS that a DestinationRule originates is verified against the authorities it names, without any against the public ones of the proxy's image, which
 * vouch for no server that only the cluster knows. Since 1.21; a flag of the control plane turns it off. Rules TLS-5, GWAPI-69.
 */
import type { Assumption } from '../../model/step.js'
import { isOn } from '../../snapshot/flags.js'
import type { ClientTls } from '../../resources/istio/traffic-policy.js'
import type { Client } from '../call/call.js'
import { type Outcome, stop } from '../call/outcome.js'
import type { RouteTarget } from '../call/stage-values.js'
import type { Sent } from './client-transport.js'

/** Undefined: nothing speaks against it. */
export function refuseCertificate({ view }: Client, target: RouteTarget | undefined, sent: Sent): Outcome<never> | undefined {
  if (view === undefined || target === undefined || sent.protocol !== 'OTHER_TLS') return undefined
  const tls = target.rule?.transportTls(target.port.number, target.subset)
  if (tls?.unusable !== undefined)
    return stop('TRANSPORT', { reason: 'TLS_REJECTED', message: `${tls.unusable}: no connection is made`, because: sent.because })
  if (target.service.registry !== 'KUBERNETES') return undefined
  if (tls === undefined || !isOn(view.controlPlane, 'VERIFY_CERTIFICATE_AT_CLIENT') || namesAuthority(tls)) return undefined
  const message = `${sent.message} without \`caCertificates\`: the client’s proxy takes only certificates of public authorities, and none vouches for a server of \`${target.service.hostname}\``
  const assumption: Assumption = {
    code: 'NO_PUBLIC_CERTIFICATE_ASSUMED',
    message: `the application behind \`${target.service.hostname}\` is taken to have no certificate of a public authority`,
    because: [...sent.because],
  }
  return stop('TRANSPORT', { reason: 'TLS_REJECTED', message, because: sent.because }, [assumption])
}

const namesAuthority = ({ caCertificates, credentialName, insecureSkipVerify }: ClientTls): boolean =>
  insecureSkipVerify || credentialName !== undefined || (caCertificates !== undefined && caCertificates !== 'system')
