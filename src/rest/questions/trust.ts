import { IdentityTrust } from '#engine/model/identity-trust'
import { TrustQuestion } from '#engine/model/question'
import { askTrust } from '#operations/questions/ask-trust'
import type { RestDependencies, Routes } from '../routes.js'
import { aboutVersion, contentAt, questionProblems } from './about-version.js'

const passed = {
  stage: 'TRUST',
  outcome: 'PASSED',
  reason: 'TRUSTED',
  message: 'both chains end in one root',
  because: [],
  nearMisses: [],
  help: '/reasons/TRUSTED',
  hop: null,
}
const direction = { verdict: 'TRUSTED', chain: passed, trustDomain: passed, name: passed }
const example = {
  request: {
    client: { cluster: 'west', namespace: 'shop', serviceAccount: 'client' },
    server: { spiffeId: 'spiffe://cluster.local/ns/shop/sa/reviews' },
  },
  answer: {
    verdict: 'TRUSTED',
    reason: 'TRUSTED',
    summary: 'both accept each other',
    clientAcceptsServer: direction,
    serverAcceptsClient: direction,
    validUntil: '2027-03-01T00:00:00.000Z',
    assumptions: [],
    remedies: [],
  },
}

export function trustRoute(routes: Routes, dependencies: RestDependencies): void {
  const schema = {
    ...aboutVersion,
    operationId: 'askTrust',
    summary: 'Do these two identities accept each other, in both directions?',
    body: TrustQuestion,
    response: { 200: IdentityTrust, ...questionProblems },
    'x-notes': { example },
  }
  routes.post('/topologies/:name/versions/:ref/trust', { schema }, async (request) => {
    const needs = dependencies.of(request)
    return askTrust(needs, await contentAt(needs, request.params), request.body)
  })
}
