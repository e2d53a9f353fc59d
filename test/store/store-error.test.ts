import { describe, expect, it } from 'vitest'
import { AppError } from '#engine/model/app-error'
import { sqlState, storeError } from '#store/store-error'

const withFields = (message: string, fields: object): Error => Object.assign(new Error(message), fields)

describe('an error of the database', () => {
  it.each([
    ['a refused connection', withFields('connect ECONNREFUSED 127.0.0.1:5432', { code: 'ECONNREFUSED' })],
    ['a lost connection', new Error('Connection terminated unexpectedly')],
    ['a full pool', new Error('timeout exceeded when trying to connect')],
    ['a late answer', new Error('Query read timeout')],
    ['a server shutting down', withFields('terminating connection', { code: '57P01' })],
    ['a cancelled statement', withFields('canceling statement due to statement timeout', { code: '57014' })],
    ['a server turned standby', withFields('cannot execute INSERT in a read-only transaction', { code: '25006' })],
    ['a lost race', withFields('could not serialize access', { code: '40001' })],
    ['one that Prisma wrapped', withFields('invocation failed', { cause: { kind: 'DatabaseNotReachable', host: 'x' } })],
    ['one wrapped twice', withFields('x', { meta: { driverAdapterError: { cause: { originalCode: '57P03', kind: 'postgres' } } } })],
  ])('is STORE_UNAVAILABLE for %s', (_what, error) => {
    expect(storeError(error)).toMatchObject({ code: 'STORE_UNAVAILABLE' })
  })

  it.each([
    ['SQLSTATE 53100', withFields('could not extend file', { code: '53100' })],
    ['its words', new Error('could not write to file "base/1": No space left on device')],
  ])('is STORAGE_FULL, known by %s', (_what, error) => {
    expect(storeError(error)).toMatchObject({ code: 'STORAGE_FULL' })
  })

  it('stays what it is when it is ours already, or a bug', () => {
    const ours = new AppError('CURSOR_INVALID', 'no')
    const bug = withFields('syntax error at or near "FORM"', { code: '42601' })
    expect(storeError(ours)).toBe(ours)
    expect(storeError(bug)).toBe(bug)
    expect(storeError('text')).toBe('text')
  })

  it('tells its SQLSTATE, wherever it is wrapped', () => {
    expect(sqlState(withFields('x', { code: '40P01' }))).toBe('40P01')
    expect(sqlState(withFields('x', { code: 'P2034', cause: { originalCode: '40001' } }))).toBe('40001')
    expect(sqlState(new Error('x'))).toBe('')
  })
})
