import { allRules } from '#engine/rules/all-rules'

/** The page that lists every rule, by code. */
export function ruleIndex(): string {
  const rows = allRules
    .toSorted((one, other) => one.code.localeCompare(other.code))
    .map(({ code, severity, name, summary }) => `| [${code}](${code}.md) | ${severity} | ${name} | ${summary} |`)
  return ['# Rules', '', '| code | severity | name | fires when |', '| --- | --- | --- | --- |', ...rows, ''].join('\n')
}
