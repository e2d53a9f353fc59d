import { askReachability } from '#operations/questions/ask-reachability'
import { askTrust } from '#operations/questions/ask-trust'
import { askVisibility } from '#operations/questions/ask-visibility'
import type { TopologyVersionResolvers } from '../generated/resolver-types.js'
import { checkDestination, checkIdentity, checkSource } from '../check-source.js'
import { selectionOf } from '../selection.js'
import { ask } from './version-source.js'
import { visibleConnection } from './visible-connection.js'

export const reachability: NonNullable<TopologyVersionResolvers['reachability']> = (version, question, { dependencies }, info) => {
  checkSource('from', question.from)
  checkDestination('to', question.to)
  return ask(version, dependencies, (content) => askReachability(dependencies, content, question, selectionOf(info)))
}

export const identityTrust: NonNullable<TopologyVersionResolvers['identityTrust']> = (version, question, { dependencies }) => {
  checkIdentity('client', question.client)
  checkIdentity('server', question.server)
  return ask(version, dependencies, (content) => askTrust(dependencies, content, question))
}

export const serviceVisibility: NonNullable<TopologyVersionResolvers['serviceVisibility']> = (version, question, { dependencies }) => {
  checkSource('from', question.from)
  return ask(version, dependencies, async (content) =>
    visibleConnection(await askVisibility(dependencies, content, question), content, question),
  )
}
