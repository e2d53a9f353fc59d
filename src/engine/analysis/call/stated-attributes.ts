import { createWork } from '../../istiod/expressions/work.js'
import type { DestinationInput } from '../../model/question.js'
import type { CallAttributes } from './call.js'

/** What a question says of the request; header names are compared in lower case, as HTTP does. */
export function statedAttributes({ protocol, method, path, headers }: DestinationInput): CallAttributes {
  const stated = (headers ?? []).map(({ name, value, absent }) => ({
    name: name.toLowerCase(),
    value: value ?? '',
    absent: absent === true,
  }))
  return {
    protocol: protocol ?? undefined,
    method: method || undefined,
    path: path || undefined,
    headers: Object.fromEntries(stated.filter(({ absent }) => !absent).map(({ name, value }) => [name, value])),
    absentHeaders: new Set(stated.filter(({ absent }) => absent).map(({ name }) => name)),
    authorities: undefined,
    work: createWork(),
  }
}
