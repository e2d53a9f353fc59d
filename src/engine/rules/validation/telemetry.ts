import { isRaw, type Raw } from '../../resources/reading.js'
import { type Complaint, entriesIn, listIn, objectIn, objectsIn, textIn, type Validation, when } from './fields.js'
import { checkSelector, checkTargets } from './common-parts.js'

/** A Telemetry: what is told about requests, and to whom. */
export const validateTelemetry: Validation = function* validateTelemetry(object) {
  const spec = objectIn(object, 'spec')
  yield* checkAttachment(spec)
  if (listIn(spec, 'tracing').length > 1) yield { at: 'spec.tracing', says: 'has several entries, of which one is used', warns: true }
  for (const [tracing, at] of objectsIn(spec, 'tracing', 'spec')) yield* checkTracing(tracing, at)
  for (const [metrics, at] of objectsIn(spec, 'metrics', 'spec')) {
    for (const [override, place] of objectsIn(metrics, 'overrides', at)) yield* checkTags(override, place)
  }
}

function* checkTracing(tracing: Raw, at: string): Iterable<Complaint> {
  if (listIn(tracing, 'providers').length > 1)
    yield { at: `${at}.providers`, says: 'has several providers, of which one is used', warns: true }
}

/** A tag is set, unless it is removed, and then it needs a value. */
function* checkTags(override: Raw, at: string): Iterable<Complaint> {
  for (const [name, tag] of entriesIn(override, 'tagOverrides')) {
    const isSet = isRaw(tag) && textIn(tag, 'operation') !== 'REMOVE'
    yield* when(isSet && textIn(tag, 'value') === '', `${at}.tagOverrides.${name}`, 'sets a tag and has no `value`')
  }
}

/** Whom an object is for: by labels or by what it is attached to. */
export function* checkAttachment(spec: Raw): Iterable<Complaint> {
  yield* checkSelector(spec, 'selector', 'matchLabels')
  yield* checkTargets(spec)
}

/** Kinds of which the schema says everything else. */
export const validateAttachment: Validation = function* validateAttachment(object) {
  yield* checkAttachment(objectIn(object, 'spec'))
}

export const validateProxyConfig: Validation = function* validateProxyConfig(object) {
  yield* checkSelector(objectIn(object, 'spec'), 'selector', 'matchLabels')
}
