import { describe, expect, it } from 'vitest'
import { readMeshConfig } from '#engine/snapshot/control-planes/read-mesh-config'

const provider = (item: Readonly<Record<string, unknown>>) =>
  readMeshConfig({ extensionProviders: [{ name: 'authz', ...item }] }, 'istio-system', []).extensionProviders[0]
const http = (settings: Readonly<Record<string, unknown>>) =>
  provider({ envoyExtAuthzHttp: { service: 'authz.shop', port: 8000, ...settings } })
const grpc = (settings: Readonly<Record<string, unknown>>) =>
  provider({ envoyExtAuthzGrpc: { service: 'authz.shop', port: 9000, ...settings } })

describe('an extension provider (AUTHZ-30)', () => {
  it('authorizes over HTTP or gRPC, and whatever else it is does something else', () => {
    expect(http({})).toEqual({ name: 'authz', kind: 'HTTP_AUTHORIZATION', service: 'authz.shop', port: 8000 })
    expect(grpc({ port: '9000' })).toEqual({ name: 'authz', kind: 'GRPC_AUTHORIZATION', service: 'authz.shop', port: 9000 })
    expect(provider({ zipkin: { service: 'zipkin', port: 9411 } })).toEqual({
      name: 'authz',
      kind: 'OTHER',
      service: '',
      port: 0,
      type: 'zipkin',
    })
  })

  it.each<[Readonly<Record<string, unknown>>, string | undefined]>([
    [{ pathPrefix: '/check' }, undefined],
    [{ pathPrefix: '' }, undefined],
    [{ pathPrefix: 'check' }, '`pathPrefix: check`'],
    [{ includeRequestHeadersInCheck: ['x-user', 'x-*'] }, undefined],
    [{ includeRequestHeadersInCheck: ['x-user', '*'] }, '`*` in `includeRequestHeadersInCheck`'],
    [{ includeHeadersInCheck: ['*'] }, '`*` in `includeHeadersInCheck`'],
    [{ headersToUpstreamOnAllow: ['*'] }, '`*` in `headersToUpstreamOnAllow`'],
    [{ headersToDownstreamOnAllow: ['*'] }, '`*` in `headersToDownstreamOnAllow`'],
    [{ headersToDownstreamOnDeny: ['*'] }, '`*` in `headersToDownstreamOnDeny`'],
    [{ statusOnError: '403' }, undefined],
    [{ statusOnError: '' }, undefined],
    [{ statusOnError: '209' }, '`statusOnError: 209`'],
    [{ statusOnError: '306' }, '`statusOnError: 306`'],
    [{ statusOnError: '511' }, undefined],
    [{ statusOnError: '512' }, '`statusOnError: 512`'],
    [{ statusOnError: 'FORBIDDEN' }, '`statusOnError: FORBIDDEN`'],
    [{ statusOnError: '4e2' }, '`statusOnError: 4e2`'],
  ])('over HTTP with %j is refused for %s', (settings, fault) => expect(http(settings)?.fault).toBe(fault))

  it('over gRPC has a status alone that could be refused', () => {
    expect(grpc({ statusOnError: '600' })?.fault).toBe('`statusOnError: 600`')
    expect(grpc({ pathPrefix: 'check' })?.fault).toBeUndefined()
  })
})
