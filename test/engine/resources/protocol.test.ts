import { describe, expect, it } from 'vitest'
import { protocolOfServicePort, protocolOfText } from '#engine/resources/kubernetes/protocol'

const port = (parts: { protocol?: string; appProtocol?: string; name?: string; number?: number }) =>
  protocolOfServicePort({
    protocol: parts.protocol ?? '',
    appProtocol: parts.appProtocol,
    name: parts.name ?? '',
    number: parts.number ?? 9000,
  })

describe('protocol of a Service port (TLS-12)', () => {
  it.each([
    [{ name: 'http' }, 'HTTP'],
    [{ name: 'HTTP-web' }, 'HTTP'],
    [{ name: 'grpc-reviews' }, 'HTTP'],
    [{ name: 'grpc-web' }, 'HTTP'],
    [{ name: 'http2-x' }, 'HTTP'],
    [{ name: 'https' }, 'TLS'],
    [{ name: 'tls-admin' }, 'TLS'],
    [{ name: 'mongo' }, 'TCP'],
    [{ name: 'redis-cache' }, 'TCP'],
    [{ name: 'tcp-data' }, 'TCP'],
    [{ name: 'web' }, 'AUTO'],
    [{ name: '' }, 'AUTO'],
  ] as const)('the name %o reads as %s', (given, expected) => expect(port(given)).toBe(expected))

  it.each([
    [{ protocol: 'UDP', name: 'http' }, 'UDP'],
    [{ appProtocol: 'kubernetes.io/h2c', name: 'tcp' }, 'HTTP'],
    [{ appProtocol: 'kubernetes.io/wss' }, 'TLS'],
    [{ appProtocol: 'example.com/own', name: 'http' }, 'AUTO'],
    [{ appProtocol: 'tcp', name: 'http' }, 'TCP'],
  ] as const)('the Kubernetes protocol, then appProtocol, beat the name: %o is %s', (given, expected) => expect(port(given)).toBe(expected))

  it.each([25, 53, 3306, 27017])('port %i speaks first on the server side and is TCP when nothing is said', (number) => {
    expect(port({ number })).toBe('TCP')
    expect(port({ number, name: 'http' })).toBe('HTTP')
  })

  it('a ServiceEntry port is read by its protocol alone', () => {
    expect(protocolOfText('GRPC')).toBe('HTTP')
    expect(protocolOfText('tls')).toBe('TLS')
    expect(protocolOfText('')).toBe('AUTO')
  })
})
