import type { Readable } from 'node:stream'
import Type from 'typebox'
import { ProxyConfig, ProxyConfigQuestion } from '#engine/model/proxy-config'
import { askProxyConfig } from '#operations/questions/ask-proxy-config'
import { sample } from '../openapi/sample.js'
import { absentIsEmpty } from '../absent-is-empty.js'
import { asAWhole } from '../as-a-whole.js'
import type { RestDependencies, Routes } from '../routes.js'
import { sendPieces } from '../send-written.js'
import { aboutVersion, contentAt, questionProblems } from './about-version.js'

const host = 'reviews.shop.svc.cluster.local'
const target = {
  host,
  port: 9080,
  subset: '',
  type: 'EDS',
  endpoints: [{ address: '10.10.0.7', port: 9080, weight: 1, priority: 0, share: 1, sends: 'ISTIO_MUTUAL' }],
  unready: ['10.10.0.8:9080'],
}
const proxy = {
  proxy: 'west/shop/client',
  unknownHosts: 'ALLOW',
  services: [{ host, namespace: 'shop', ports: [9080] }],
  targets: [target],
  routes: { [`${host}:9080`]: { [`outbound|9080||${host}`]: 1 } },
  inbound: { 8080: 'PERMISSIVE', '*': 'PERMISSIVE' },
}
const gateways = [{ network: 'network2', cluster: 'east', address: '34.0.0.2', port: 15443 }]
const example = {
  request: { from: sample.client },
  answer: { answers: [{ controlPlane: 'west', gateways, assumptions: [], proxies: [proxy] }] },
}

/** What proxies are given, passed on as bytes: it is complete, or refused. */
export function proxyConfigRoute(routes: Routes, dependencies: RestDependencies): void {
  const schema = {
    ...aboutVersion,
    operationId: 'askProxyConfig',
    summary: 'What do control planes give to this proxy, or to all of them?',
    body: ProxyConfigQuestion,
    response: { 200: Type.Unsafe<Readable>(ProxyConfig), ...questionProblems },
    'x-notes': { example, bodyOptional: true },
  }
  // To name no source is to ask about all.
  routes.post('/topologies/:name/versions/:ref/proxy-config', { schema, preValidation: absentIsEmpty }, async (request, reply) => {
    const needs = dependencies.of(request)
    const stretches = await askProxyConfig(needs, await contentAt(needs, request.params), request.body)
    const bounds = { asked: 'proxyConfig', limit: dependencies.limits.answer, gone: request.signal }
    return sendPieces(reply, await asAWhole(stretches, bounds))
  })
}
