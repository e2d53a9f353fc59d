import { assumptions } from '#engine/model/assumptions'
import { conditions } from '#engine/model/conditions'
import { type ReasonCode, reasons } from '#engine/model/reasons'
import { nearByCode, nearKinds } from '#engine/analysis/near/near-by-code'
import { remedyOf } from '#engine/remedies/told/remedy-of'

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${heads.join(' | ')} |`,
  `| ${heads.map(() => '---').join(' | ')} |`,
  ...rows.map((cells) => `| ${cells.join(' | ')} |`),
]

const nearOf = (code: ReasonCode): string => {
  const near = nearByCode[code]
  return typeof near === 'string' ? `none: ${near}` : near.join(', ')
}

/** The page that tells of every code an answer may hold. */
export function codePage(): string {
  const onOf = (on: string | null): string => (on === null ? 'an attribute of the request, which it names' : on)
  return [
    '# Codes in answers',
    '',
    'Codes are added, never renamed or removed, so that a pipeline may rely on them; sentences may change. [Words to look up](reasons/README.md) says of each',
    'when it comes, with an example, how to settle it, and the rules behind it; `sightline explain CODE` prints that, and `/reasons/CODE` serves it.',
    '',
    '## Reasons',
    '',
    'How a step ended, and why the verdict is what it is.',
    '',
    ...table(['reason', 'means'], Object.entries(reasons)),
    '',
    '## Beside a reason',
    '',
    'What may stand beside a step that ends with the reason, as `nearMisses`: of which kinds, or why there is nothing. And what is proposed where a call ends so.',
    '',
    ...table(['near misses', 'are'], Object.entries(nearKinds)),
    '',
    ...table(
      ['reason', 'near misses', 'remedy'],
      (Object.keys(reasons) as ReasonCode[]).map((code) => [code, nearOf(code), remedyOf(code) ?? 'nothing is to be remedied']),
    ),
    '',
    '## Conditions',
    '',
    'What an AMBIGUOUS verdict depends on, and what would change it after failover. What is an attribute of the call can be stated in the question.',
    '',
    ...table(
      ['condition', 'depends on', 'means'],
      Object.entries(conditions).map(([code, { on, says }]) => [code, onOf(on), says]),
    ),
    '',
    '## Assumptions',
    '',
    'What an answer took for granted.',
    '',
    ...table(['assumption', 'means'], Object.entries(assumptions)),
    '',
  ].join('\n')
}
