import { describe, expect, it } from 'vitest'
import { removeSecrets } from '#engine/manifests/secrets/remove-secrets'

const mark = '<secret removed>'
const key = 'Kq7VbT2mXw9RzL4s'
const object = (kind: string, spec: object) => ({ apiVersion: 'any/v1', kind, metadata: { namespace: 'shop', name: 'a' }, spec })
const specOf = (kind: string, spec: object): unknown => removeSecrets(object(kind, spec)).value.spec

const virtualService = (value: string) => ({
  http: [
    {
      match: [
        {
          headers: { 'x-api-key': { exact: value }, cookie: { regex: `^(.*; )?session=${value}$` } },
          withoutHeaders: { authorization: { prefix: `Bearer ${value}` } },
        },
        { queryParams: { token: { exact: value } } },
      ],
      headers: { request: { set: { 'x-api-key': value } }, response: { set: { 'x-api-key': value } } },
      route: [{ destination: { host: 'reviews' }, headers: { request: { add: { authorization: `Bearer ${value}` } } } }],
    },
  ],
})

const route = (value: string) => ({
  rules: [
    {
      matches: [{ headers: [{ name: 'x-api-key', value }], queryParams: [{ name: 'token', value }] }],
      filters: [{ type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'x-api-key', value }] } }],
    },
  ],
})

const policy = (value: string) => ({
  rules: [{ when: [{ key: 'request.headers[x-api-key]', values: [value, 'none'], notValues: [`${value}*`] }] }],
})

describe('a secret that requests are compared with', () => {
  it('leaves a mark, and nothing of itself, in matches and in what is put into requests; elsewhere it leaves an empty text', () => {
    expect(specOf('VirtualService', virtualService(key))).toEqual({
      http: [
        {
          match: [
            { headers: { 'x-api-key': { exact: mark }, cookie: { regex: mark } }, withoutHeaders: { authorization: { prefix: mark } } },
            { queryParams: { token: { exact: mark } } },
          ],
          headers: { request: { set: { 'x-api-key': mark } }, response: { set: { 'x-api-key': '' } } },
          route: [{ destination: { host: 'reviews' }, headers: { request: { add: { authorization: mark } } } }],
        },
      ],
    })
  })

  it.each(['HTTPRoute', 'GRPCRoute'])('leaves a mark in a %s', (kind) => {
    expect(specOf(kind, route(key))).toEqual(route(mark))
  })

  it('leaves a mark among the values of an AuthorizationPolicy, whatever stands beside it', () => {
    expect(specOf('AuthorizationPolicy', policy(key))).toEqual({
      rules: [{ when: [{ key: 'request.headers[x-api-key]', values: [mark, 'none'], notValues: [mark] }] }],
    })
  })

  it('leaves a path a path', () => {
    const spec = (path: string) => ({ rules: [{ matches: [{ path: { type: 'Exact', value: path } }] }] })
    expect(specOf('HTTPRoute', spec(`/hooks/gh${''}p_${'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5'}`))).toEqual(spec(`/${mark}`))
  })

  it('is cleaned once: what has marks stays as it is, and nothing more is told', () => {
    for (const [kind, spec] of [
      ['VirtualService', virtualService(key)],
      ['HTTPRoute', route(key)],
      ['AuthorizationPolicy', policy(key)],
    ] as const) {
      const once = removeSecrets(object(kind, spec))
      expect(once.removed.length).toBeGreaterThan(0)
      const twice = removeSecrets(once.value)
      expect(twice).toEqual({ value: once.value, removed: [] })
    }
  })

  it('is told from an empty text that somebody wrote, which stays empty', () => {
    for (const [kind, spec] of [
      ['VirtualService', { http: [{ match: [{ headers: { 'x-api-key': { exact: '' } } }] }] }],
      ['HTTPRoute', route('')],
      ['AuthorizationPolicy', policy('')],
    ] as const)
      expect(removeSecrets(object(kind, spec))).toEqual({ value: object(kind, spec), removed: [] })
  })
})
