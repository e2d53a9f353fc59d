import { readReasonPage } from '#formats/reason-page'
import { findRulePages } from '#formats/rule-page'
import type { Command } from '../command.js'
import { exitCodes, failure } from '../failure.js'

export const explain: Command = {
  name: 'explain',
  says: 'what does the code of a finding or of an answer mean, and what is to be done?',
  operands: ['CODE'],
  examples: ['sightline explain NET101', 'sightline explain IST0101', 'sightline explain TLS_REJECTED'],
  flags: {},
  notes: [
    'Prints the page of the rule, or of all that report what `istioctl analyze` or Kiali report by that code, as Markdown; no server is asked.',
    'Reasons, conditions and assumptions of answers have pages too.',
  ],
  run: async ({ operands: [code = ''] }, { out }) => {
    const asked = code.toUpperCase()
    const page = readReasonPage(asked)
    const pages = page === undefined ? findRulePages(asked) : [page]
    if (pages.length === 0) {
      const hint =
        'a finding names its own, and those of `istioctl analyze` and Kiali under which it is known; steps, conditions and assumptions name theirs'
      throw failure('input', `there is no code \`${code}\`: ${hint}`)
    }
    await out(pages.join('\n'))
    return exitCodes.fine
  },
}
