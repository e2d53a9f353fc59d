import type { CreatedToken, TokenRequest } from '#engine/model/access/token'
import type { Command, Given, Surroundings } from '../command.js'
import { exitCodes, failure } from '../failure.js'
import { done } from '../print/done.js'
import { formatFlag, printAnswer } from '../print-answer.js'
import { tellCreatedToken, tellTokens } from '../print/tokens.js'
import { serverFlags } from '../server/server-flags.js'
import { openTokens } from '../tokens/open-tokens.js'
import { readExpiry } from '../tokens/read-expiry.js'

const actions = ['create', 'list', 'revoke'] as const

export const token: Command = {
  name: 'token',
  says: 'make, list and revoke the API tokens by which callers are known',
  operands: ['ACTION', '[NAME|ID]'],
  operandChoices: actions,
  examples: [
    "sightline token create 'the pipeline of shop' --scope write --topology 'shop*'",
    'sightline token create reader --scope read --expires 30d --server http://127.0.0.1:8080',
    'sightline token list --format json',
    'sightline token revoke 5f2c8a1e90b7',
  ],
  flags: {
    scope: { takes: 'SCOPE', choices: ['read', 'write', 'admin'], repeats: true, says: 'what it allows; `read` unless stated' },
    topology: { takes: 'PATTERN', repeats: true, says: 'topologies that it is for, `*` standing for any characters; all unless stated' },
    tenant: { takes: 'NAME', repeats: true, says: 'show the things of this tenant alone' },
    expires: { takes: 'DAYS', says: 'for how long it is taken, such as `30d`, or `never`; 90d unless stated' },
    ...serverFlags,
    format: formatFlag,
  },
  notes: [
    'ACTION is `create NAME`, `list` or `revoke ID`. A token is printed once, when it is made: it is kept nowhere, only its hash.',
    'Without `--server` the store is opened that DATABASE_URL or DATA_DIR names, which needs no token; the embedded one can be opened while no',
    'service holds it. `read`: ask and validate; `write`: append, describe, tag, check; `admin`: delete, tokens, audit. None includes another.',
  ],
  run: async (given, surroundings) => {
    const [action = '', operand] = given.operands
    if (action === 'create') return create(given, surroundings, required(operand, 'NAME: what the token is for'))
    if (action === 'revoke') return revoke(given, surroundings, required(operand, 'ID: `sightline token list` tells it'))
    if (action !== 'list') throw failure('input', `\`${action.slice(0, 60)}\` is none of ${actions.map((one) => `\`${one}\``).join(', ')}`)
    if (operand !== undefined) throw failure('input', `\`${operand.slice(0, 60)}\` is one word too many`)
    return list(given, surroundings)
  },
}

const required = (operand: string | undefined, what: string): string => {
  if (operand === undefined) throw failure('input', `a word is missing, ${what}`)
  return operand
}

async function create(given: Given, surroundings: Surroundings, name: string): Promise<number> {
  const [topologies, tenants] = [given.values('topology'), given.values('tenant')]
  const request: TokenRequest = {
    name,
    scopes: given.has('scope') ? ([...new Set(given.values('scope'))] as TokenRequest['scopes']) : ['read'],
    ...(topologies.length === 0 ? {} : { topologies: [...topologies] }),
    ...(tenants.length === 0 ? {} : { tenants: [...tenants] }),
    ...readExpiry(given.value('expires'), surroundings.now()),
  }
  const created: CreatedToken = await openTokens(given, surroundings, (tokens) => tokens.create(request))
  await printAnswer(given, surroundings, created, tellCreatedToken)
  return exitCodes.fine
}

async function list(given: Given, surroundings: Surroundings): Promise<number> {
  const found = await openTokens(given, surroundings, (tokens) => tokens.list())
  await printAnswer(given, surroundings, found, ({ items }) => tellTokens(items, surroundings.now()))
  return exitCodes.fine
}

async function revoke(given: Given, surroundings: Surroundings, id: string): Promise<number> {
  await openTokens(given, surroundings, (tokens) => tokens.revoke(id))
  await printAnswer(given, surroundings, { revoked: id }, () => [done('REVOKED', id)])
  return exitCodes.fine
}
