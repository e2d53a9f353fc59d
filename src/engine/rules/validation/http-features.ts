import type { Raw } from '../../resources/reading.js'
import { checkDuration } from './duration.js'
import { type Complaint, has, numberIn, objectIn, objectsIn, textIn, textsIn, when } from './fields.js'
import { faultOfPattern, isHeaderName } from './texts.js'

const methods = new Set('GET HEAD POST PUT PATCH DELETE CONNECT OPTIONS TRACE *'.split(' '))

export function* checkCors(policy: Raw, at: string): Iterable<Complaint> {
  for (const [origin, place] of objectsIn(policy, 'allowOrigins', at)) {
    const pattern = origin['regex']
    if (['exact', 'prefix', 'regex'].every((key) => textIn(origin, key) === '')) yield { at: place, says: 'allows an origin that is empty' }
    else if (typeof pattern === 'string') {
      const fault = faultOfPattern(pattern)
      if (fault !== undefined) yield { at: `${place}.regex`, says: fault }
    }
  }
  for (const [method, place] of textsIn(policy, 'allowMethods', at)) {
    if (!methods.has(method)) yield { at: place, says: `is \`${method}\`, which is no method` }
  }
  for (const key of ['allowHeaders', 'exposeHeaders'] as const) {
    for (const [name, place] of textsIn(policy, key, at)) {
      if (name !== '*' && !isHeaderName(name)) yield { at: place, says: `is \`${name}\`, which is no name of a header` }
    }
  }
  yield* checkDuration(policy, 'maxAge', at, 'second')
}

const grpcStatuses = new Set(
  'OK CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS PERMISSION_DENIED UNAUTHENTICATED RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS'.split(
    ' ',
  ),
)

/** Faults that are made on purpose. */
export function* checkFault(fault: Raw, at: string): Iterable<Complaint> {
  const [abort, delay] = [objectIn(fault, 'abort'), objectIn(fault, 'delay')]
  yield* when(!has(fault, 'abort') && !has(fault, 'delay'), at, 'has neither `abort` nor `delay`')
  yield* checkShare(abort, `${at}.abort`)
  yield* checkShare(delay, `${at}.delay`)
  const [status, grpc] = [numberIn(abort, 'httpStatus'), textIn(abort, 'grpcStatus')]
  const isStatus = !has(abort, 'httpStatus') || (status >= 200 && status <= 600)
  yield* when(!isStatus, `${at}.abort.httpStatus`, `is ${status}, which is no status of an answer`)
  const isGrpc = !has(abort, 'grpcStatus') || grpcStatuses.has(grpc)
  yield* when(!isGrpc, `${at}.abort.grpcStatus`, `is \`${grpc}\`, which is no status of gRPC, such as \`NOT_FOUND\``)
  yield* when(has(abort, 'http2Error'), `${at}.abort.http2Error`, 'is not supported')
  yield* checkDuration(delay, 'fixedDelay', `${at}.delay`)
  yield* when(has(delay, 'exponentialDelay'), `${at}.delay.exponentialDelay`, 'is not supported')
}

function* checkShare(from: Raw, at: string): Iterable<Complaint> {
  const value = numberIn(objectIn(from, 'percentage'), 'value')
  const isShare = value === 0 || (value >= 0.0001 && value <= 100)
  yield* when(!isShare, `${at}.percentage.value`, `is ${value}, which is neither 0 nor a share from 0.0001 to 100`)
}

const conditions = new Set(
  '5xx gateway-error reset reset-before-request connect-failure retriable-4xx refused-stream retriable-status-codes retriable-headers envoy-ratelimited http3-post-connect-failure cancelled deadline-exceeded internal resource-exhausted unavailable'.split(
    ' ',
  ),
)

export function* checkRetries(retries: Raw, at: string): Iterable<Complaint> {
  const attempts = numberIn(retries, 'attempts')
  if (attempts < 0) yield { at: `${at}.attempts`, says: 'is less than 0' }
  const others = ['perTryTimeout', 'retryOn', 'retryRemoteLocalities'].filter((key) => has(retries, key) && retries[key] !== '')
  if (attempts === 0 && others.length > 0) yield { at, says: `sets \`${others[0]}\`, though there are 0 \`attempts\` and so no retry` }
  for (const key of ['perTryTimeout', 'backoff']) yield* checkDuration(retries, key, at)
  const retryOn = textIn(retries, 'retryOn')
  for (const condition of retryOn === '' ? [] : retryOn.split(',')) {
    if (!conditions.has(condition) && !/^[1-5]\d\d$/.test(condition))
      yield { at: `${at}.retryOn`, says: `has \`${condition}\`, which is no condition to retry on` }
  }
}
