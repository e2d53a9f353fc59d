import type { Raw } from '../../resources/reading.js'
import { type Complaint, entriesIn, has, listIn, numberIn, objectIn, objectsIn, textIn, type Validation, when } from './fields.js'
import { faultOfName, isAddress, isLabel, isPort } from './names.js'
import { checkLabels } from './common-parts.js'

/** A WorkloadEntry: where the workload is. */
export const validateWorkloadEntry: Validation = function* validateWorkloadEntry(object) {
  const spec = objectIn(object, 'spec')
  const address = textIn(spec, 'address')
  if (address === '' && has(spec, 'network')) {
    yield {
      at: 'spec',
      says: `has no \`address\`, and is reached through the gateway of the network \`${textIn(spec, 'network')}\``,
      warns: true,
    }
  }
  const fault = address === '' || address.startsWith('unix://') || isAddress(address) ? undefined : faultOfName(address)
  if (fault !== undefined) yield { at: 'spec.address', says: `is \`${address}\`, which ${fault}` }
  for (const [name, port] of entriesIn(spec, 'ports')) {
    if (!isLabel(name)) yield { at: 'spec.ports', says: `has a port \`${name}\`, which is no name of a port` }
    if (typeof port === 'number' && !isPort(port)) yield { at: `spec.ports.${name}`, says: `is ${port}, which is no port` }
  }
  yield* checkLabels(spec, 'labels', 'spec')
}

const counts = ['periodSeconds', 'initialDelaySeconds', 'timeoutSeconds', 'successThreshold', 'failureThreshold'] as const

/** A WorkloadGroup: a template, and a probe of one of its kinds. */
export const validateWorkloadGroup: Validation = function* validateWorkloadGroup(object) {
  const spec = objectIn(object, 'spec')
  yield* checkLabels(objectIn(spec, 'metadata'), 'labels', 'spec.metadata')
  if (has(spec, 'probe')) yield* checkProbe(objectIn(spec, 'probe'))
}

function* checkProbe(probe: Raw): Iterable<Complaint> {
  for (const key of counts) yield* when(numberIn(probe, key) < 0, `spec.probe.${key}`, 'is less than 0')
  const kinds = ['httpGet', 'tcpSocket', 'exec', 'grpc'].filter((key) => has(probe, key))
  yield* when(kinds.length === 0, 'spec.probe', 'has neither `httpGet` nor `tcpSocket` nor `exec` nor `grpc`')
  for (const kind of ['httpGet', 'tcpSocket'] as const) {
    yield* when(has(probe, kind) && !isPort(numberIn(objectIn(probe, kind), 'port')), `spec.probe.${kind}.port`, 'is no port')
  }
  const isCommand = !has(probe, 'exec') || listIn(objectIn(probe, 'exec'), 'command').length > 0
  yield* when(!isCommand, 'spec.probe.exec', 'has no `command`')
  yield* checkRequest(objectIn(probe, 'httpGet'), 'spec.probe.httpGet')
}

function* checkRequest(asked: Raw, at: string): Iterable<Complaint> {
  const scheme = textIn(asked, 'scheme')
  yield* when(!['', 'HTTP', 'HTTPS'].includes(scheme), `${at}.scheme`, `is \`${scheme}\`, which is neither \`HTTP\` nor \`HTTPS\``)
  for (const [header, place] of objectsIn(asked, 'httpHeaders', at)) {
    const name = textIn(header, 'name')
    yield* when(!/^[-A-Za-z0-9]+$/.test(name), `${place}.name`, `is \`${name}\`, which is no name of a header`)
  }
}
