import type { FastifyError } from 'fastify'
import type { Fault } from '#engine/model/app-error'

type Issue = NonNullable<FastifyError['validation']>[number]

/** What is wrong with a part of a request, a fault for each place. */
export function faultsOf({ validation = [], validationContext }: FastifyError): readonly Fault[] {
  const issues = validation.filter((issue) => explains(issue, validation))
  const places = [...new Set(issues.map(({ instancePath }) => instancePath))]
  return places.map((place) => {
    const detail = detailOf(issues.filter(({ instancePath }) => instancePath === place))
    const code = 'FIELD_INVALID'
    return validationContext === 'body' ? { code, detail, pointer: `#${place}` } : { code, detail, parameter: place.slice(1) }
  })
}

/** Not that no alternative fits, nor that `null` would have, where another issue says what is wrong in the one that was meant. */
function explains({ keyword, instancePath, params }: Issue, all: readonly Issue[]): boolean {
  if (keyword === 'anyOf' || keyword === 'additionalProperties') return false
  if (params['type'] !== 'null') return true
  const meant = all.filter((other) => other.keyword !== 'anyOf' && other.params['type'] !== 'null')
  return !meant.some(
    (other) => other.instancePath.startsWith(`${instancePath}/`) || (other.instancePath === instancePath && other.keyword !== 'type'),
  )
}

function detailOf(issues: readonly Issue[]): string {
  const details = issues.map(describeIssue)
  const demands = details.filter((detail) => detail.startsWith('must be ')).map((detail) => detail.slice('must be '.length))
  const others = details.filter((detail) => !detail.startsWith('must be '))
  return [...others, ...(demands.length === 0 ? [] : [`must be ${[...new Set(demands)].join(' or ')}`])].join('; ')
}

function describeIssue({ keyword, message, params }: Issue): string {
  const named = (values: unknown): string => (values as readonly unknown[]).map((value) => `\`${value as string}\``).join(', ')
  if (keyword === 'boolean') return 'there is no such field here'
  if (keyword === 'required') return `lacks ${named(params['requiredProperties'])}`
  if (keyword === 'enum') return `must be one of ${named(params['allowedValues'])}`
  if (keyword === 'pattern') return `must match \`${String(params['pattern'])}\``
  return message ?? 'is not valid'
}
