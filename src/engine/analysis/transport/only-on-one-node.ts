import type { AfterNetwork } from '../answer/traced-path.js'
import { condition } from '../call/condition.js'
import { stepOf } from '../call/outcome.js'

/** The call arrives past the server's ztunnel where both stand on one node, which nobody says; elsewhere it ends as `otherwise` tells (AMB-34). */
export function onlyOnOneNode(past: AfterNetwork, { ended }: AfterNetwork): AfterNetwork {
  if (past.ended !== undefined || ended === undefined) return past
  const { message, because } = ended.step
  const said = `past the server’s ztunnel, only where both stand on one node, and where they stand is not given; from another node ${String(message)}`
  const { recorder } = past
  return {
    ...past,
    recorder: {
      ...recorder,
      steps: recorder.steps.map((step) =>
        step.stage === 'TRANSPORT'
          ? { ...stepOf('TRANSPORT', 'CONDITIONAL', { reason: step.reason, message: said, because }), hop: step.hop }
          : step,
      ),
      conditions: [...recorder.conditions, condition('NODE_DECIDES', said, [...because])],
    },
  }
}
