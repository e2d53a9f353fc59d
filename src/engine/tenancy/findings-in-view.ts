/** What is found in objects of theirs: which rule is broken, and where. What made it so may be another's, and sentences name it. */
import type { Finding } from '../model/report.js'
import { allRules } from '../rules/all-rules.js'
import { foreignRef, outOfView, type Sight } from './sight.js'

const summaries = new Map(allRules.map(({ code, summary }) => [code, summary]))

/** Stands for all that is found elsewhere. */
const foreignFinding: Finding = {
  code: outOfView,
  severity: 'INFO',
  message: 'what is found in what others have',
  resource: null,
  path: null,
  source: null,
  istio: [],
  kiali: [],
  help: '',
}

export function findingsInView(sight: Sight, findings: readonly Finding[]): readonly Finding[] {
  const isOurs = ({ resource, path, source }: Finding): boolean =>
    resource !== null && sight.refs([{ ...resource, path, source }])[0] !== foreignRef
  const own = findings.filter(isOurs).map((finding) => ({ ...finding, message: summaries.get(finding.code) ?? finding.code }))
  return own.length === findings.length ? own : [...own, foreignFinding]
}
