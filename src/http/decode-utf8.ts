import { AppError } from '#engine/model/app-error'

/** The text of a body: UTF-8 without exception, or BODY_NOT_UTF8. */
export function decodeUtf8(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw new AppError('BODY_NOT_UTF8', 'the body is not valid UTF-8')
  }
}
