import { allRules } from '#engine/rules/all-rules'
import { istioCodes, kialiCodes, type OtherCode } from './other-codes.js'

const linked = (code: string): string => `[${code}](${code}.md)`

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${heads.join(' | ')} |`,
  `| ${heads.map(() => '---').join(' | ')} |`,
  ...rows.map((cells) => `| ${cells.join(' | ')} |`),
]

const ours = table(
  ['code', 'severity', 'name', 'fires when', 'istioctl, Kiali'],
  allRules
    .toSorted((one, other) => one.code.localeCompare(other.code))
    .map(({ code, severity, name, summary, istio, kiali }) => [linked(code), severity, name, summary, [...istio, ...kiali].join(', ')]),
)

const theirs = (codes: readonly OtherCode[], ofRule: 'istio' | 'kiali'): string[] =>
  table(
    ['code', 'says', 'here'],
    codes.map(({ code, says, instead }) => {
      const rules = allRules.filter((rule) => rule[ofRule].includes(code)).map((rule) => linked(rule.code))
      return [code, says, [...rules, ...(instead === undefined ? [] : [`${rules.length === 0 ? 'none: ' : ''}${instead}`])].join(', ')]
    }),
  )

/** Seen with the test tables of the other tools; `test/conformance/analyze.test.ts` holds every case of them. */
const held = table(
  ['whose expectations', 'cases', 'expected', 'found', 'missed', 'extra'],
  [
    ['`istioctl analyze`', '105', '196', '191', '5: IST0136 and IST0164, see below', '0'],
    ['API server, CRDs of Istio', '112', '77', '77', '0', '0'],
    ['API server, Gateway API', '36', '36', '36', '0', '0'],
    ['Kiali', '85', '40', '38', '2: KIA0105 where callers do prove who they are', '0'],
  ],
)

/** The page that lists every rule by code, and every code of the tools that people come from with the rule that says the same, or why none does. */
export function ruleIndex(): string {
  const sections = [
    ['# Rules', '', ...ours],
    ['## Held against other tools', '', ...held],
    ['## Coming from `istioctl analyze`', '', ...theirs(istioCodes, 'istio')],
    ['## Coming from Kiali', '', ...theirs(kialiCodes, 'kiali')],
  ]
  return sections.map((lines) => `${lines.join('\n')}\n`).join('\n')
}
