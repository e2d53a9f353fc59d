import { IdentityInput } from '#engine/model/question'
import { failure } from './failure.js'
import { readJson, readShape } from './read-shape.js'

/** How an identity is written on the command line. */
export const identityForms =
  '`cluster/namespace/service-account` (the only cluster may be left out), `spiffe://…`, `cluster=spiffe://…` (whose CA signs), or JSON'

/** One side of a trust question. */
export function readIdentity(flag: string, text: string | undefined): IdentityInput {
  if (text === undefined) throw failure('input', `\`${flag}\` is missing: an identity, such as \`west/shop/client\``)
  return readShape(flag, IdentityInput, partsOf(flag, text))
}

function partsOf(flag: string, text: string): unknown {
  if (text.startsWith('{')) return readJson(flag, text)
  const [, cluster, spiffeId] = /^(?:([^=/:]+)=)?(spiffe:\/\/.*)$/.exec(text) ?? []
  if (spiffeId !== undefined) return cluster === undefined ? { spiffeId } : { cluster, spiffeId }
  const parts = text.split('/')
  if (parts.length !== 3 || parts.includes('')) throw failure('input', `\`${flag} ${text}\`: it is written ${identityForms}`)
  const [place, namespace, serviceAccount] = parts
  return { cluster: place, namespace, serviceAccount }
}
