import type { Raw } from '../../resources/reading.js'
import { type Complaint, has, listIn, numberIn, objectIn, objectsIn, textIn, textsIn, type Validation, when } from './fields.js'
import { faultOfHost, isAddress, isHttp, isLabel, isPartialWildcard, isPort, isProtocol, isTls } from './names.js'
import { checkServerTls } from './server-tls.js'

/** A Gateway: servers with hosts, a port of a known protocol, and TLS where the protocol asks for it. */
export const validateGateway: Validation = function* validateGateway(object) {
  const spec = objectIn(object, 'spec')
  const name = textIn(objectIn(object, 'metadata'), 'name')
  if (!isLabel(name)) yield { at: 'metadata.name', says: `is \`${name}\`: a Gateway has a name of letters, digits and \`-\`` }
  if (listIn(spec, 'servers').length === 0) yield { at: 'spec', says: 'has no `servers`: the Gateway opens nothing' }
  const names = new Set<string>()
  for (const [server, at] of objectsIn(spec, 'servers', 'spec')) {
    yield* checkServer(server, at)
    const portName = textIn(objectIn(server, 'port'), 'name')
    if (portName === '') continue
    if (names.has(portName)) yield { at: `${at}.port.name`, says: `is \`${portName}\`, as that of a server before it` }
    names.add(portName)
  }
}

function* checkServer(server: Raw, at: string): Iterable<Complaint> {
  if (listIn(server, 'hosts').length === 0 && has(server, 'hosts'))
    yield { at: `${at}.hosts`, says: 'is empty: a server is for hosts, or for `*`' }
  for (const [host, place] of textsIn(server, 'hosts', at)) {
    const fault = faultOfServerHost(host)
    if (fault !== undefined) yield { at: place, says: `is \`${host}\`, which ${fault}` }
  }
  if (!has(server, 'port')) return
  yield* checkPort(objectIn(server, 'port'), textIn(server, 'bind'), at)
  if (has(server, 'tls')) yield* checkServerTls(objectIn(server, 'tls'), `${at}.tls`)
  yield* checkProtocol(server, at)
}

/** `host` or `namespace/host`; no short names, and `*` only as a whole first label. */
export const faultOfServerHost = (text: string): string | undefined => {
  const slash = text.indexOf('/')
  const [namespace, host] = slash < 0 ? [undefined, text] : [text.slice(0, slash), text.slice(slash + 1)]
  if (namespace === '' || host === '') return 'has an empty namespace or host'
  if (namespace !== undefined && !['*', '.'].includes(namespace) && !isLabel(namespace))
    return `is of \`${namespace}\`, which is no namespace`
  if (isAddress(host)) return undefined
  if (host !== '*' && !host.includes('.')) return 'is a short name: write the whole name'
  return faultOfHost(host) ?? (isPartialWildcard(host) ? 'has a `*` that is no whole label' : undefined)
}

const protocolNames = 'HTTP, HTTPS, HTTP2, GRPC, GRPC-WEB, TLS, TCP, MONGO, REDIS and MYSQL'

function* checkPort(port: Raw, bind: string, at: string): Iterable<Complaint> {
  const [name, protocol, number] = [textIn(port, 'name'), textIn(port, 'protocol'), numberIn(port, 'number')]
  const isSocket = bind.startsWith('unix://')
  yield* when(name === '' && has(port, 'name'), `${at}.port.name`, 'is empty: a port of a Gateway has a name')
  yield* when(has(port, 'protocol') && !isProtocol(protocol), `${at}.port.protocol`, `is \`${protocol}\`; there are ${protocolNames}`)
  yield* when(numberIn(port, 'targetPort') > 0, `${at}.port.targetPort`, 'has no effect in a Gateway')
  if (isSocket) return void (yield* when(number !== 0, `${at}.port.number`, 'is set beside a socket of Unix: it has to be 0'))
  yield* when(!isPort(number), `${at}.port.number`, `is ${number}, which is no port`)
  yield* when(bind !== '' && !isAddress(bind), `${at}.bind`, `is \`${bind}\`, which is no address`)
}

/** TLS where the protocol is made of it, and nowhere else; plain HTTP may redirect. */
function* checkProtocol(server: Raw, at: string): Iterable<Complaint> {
  const protocol = textIn(objectIn(server, 'port'), 'protocol')
  const tls = objectIn(server, 'tls')
  if (isTls(protocol)) {
    if (!has(server, 'tls')) yield { at, says: `is of ${protocol} and has no \`tls\`: it has no certificate to present, and no mode` }
  } else if (has(server, 'tls') && isHttp(protocol)) {
    const settings = ['caCertificates', 'privateKey', 'serverCertificate'].filter((key) => textIn(tls, key) !== '')
    const isSimple = !['', 'PASSTHROUGH', 'AUTO_PASSTHROUGH'].includes(textIn(tls, 'mode'))
    if (isSimple || settings.length > 0) yield { at: `${at}.tls`, says: `is set for ${protocol}, which has none: write HTTPS` }
  } else if (has(server, 'tls') && isProtocol(protocol)) {
    yield { at: `${at}.tls`, says: `is set for ${protocol}, which has none: write TLS` }
  }
  if (!isHttp(protocol) && tls['httpsRedirect'] === true)
    yield { at: `${at}.tls.httpsRedirect`, says: 'has an effect for HTTP only', warns: true }
}
