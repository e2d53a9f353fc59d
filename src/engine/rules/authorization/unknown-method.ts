import { matchesText } from '../../analysis/authorization/matches-text.js'
import { nearestNames } from '../../istiod/matching/nearest-names.js'
import type { Breach, Rule } from '../rule.js'
import { type IsDead, judgeDead } from './judge-dead.js'
import { policiesOf } from './policies-of.js'
import { operationsFail, operationValues } from './stated-values.js'

const usual = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']

/** The register of HTTP methods, and what caches understand. */
const methods = [
  ...usual,
  'ACL BASELINE-CONTROL BIND CHECKIN CHECKOUT COPY LABEL LINK LOCK MERGE MKACTIVITY MKCALENDAR MKCOL MKREDIRECTREF MKWORKSPACE MOVE'.split(
    ' ',
  ),
  'ORDERPATCH PRI PROPFIND PROPPATCH QUERY REBIND REPORT SEARCH UNBIND UNCHECKOUT UNLINK UNLOCK UPDATE UPDATEREDIRECTREF'.split(' '),
  'VERSION-CONTROL PURGE BAN REFRESH'.split(' '),
].flat()

const isAlive = (value: string): boolean => methods.some((method) => matchesText(value, method))

const isDead: IsDead = (rule) => operationsFail(rule, 'methods', isAlive)

const adviceFor = (value: string): string => {
  if (value.includes('/')) return 'every gRPC request has method `POST`: write the call into `paths`'
  const upper = value.toUpperCase()
  if (upper !== value && isAlive(upper)) return `methods are compared letter by letter: write \`${upper}\``
  const [nearest] = nearestNames(upper, usual)
  return nearest === undefined ? 'write a method of HTTP' : `did you mean \`${nearest}\``
}

/** A method that no request has. */
export const unknownMethod: Rule = {
  code: 'AUT109',
  name: 'unknown-method',
  severity: 'ERROR',
  istio: [],
  kiali: ['KIA0102'],
  summary: 'A rule is about an HTTP method that there is not, so that no request matches it (AUTHZ-20).',
  *check(snapshot): Iterable<Breach> {
    for (const placed of policiesOf(snapshot)) {
      const { policy, view } = placed
      const dead = [...operationValues(policy, 'methods')].filter(({ value }) => !isAlive(value))
      if (dead.length === 0) continue
      const judge = judgeDead(placed, isDead)
      for (const one of dead) {
        const { severity, effect } = judge(one)
        const message = `no request has method \`${one.value}\`: ${effect}; ${adviceFor(one.value)}`
        yield { on: view.ref(policy.meta, one.path), severity, message }
      }
    }
  },
}
