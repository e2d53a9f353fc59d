import { AppError } from '#engine/model/app-error'

/** A body of which no document can be made, with what is wrong. */
export const uploadFault = (code: string, detail: string, file: string | null = null): AppError =>
  new AppError('DOCUMENT_INVALID', detail, { errors: [{ code, detail, ...(file === null ? {} : { source: { file, line: null } }) }] })

export const bodyMissing = (): AppError =>
  new AppError('DOCUMENT_INVALID', 'the body is empty; a topology document is expected, or a stream of Kubernetes objects', {
    errors: [{ code: 'DOCUMENT_MISSING', detail: 'the body is empty', pointer: '#' }],
  })
