import type { Response } from 'supertest'
import { expect } from 'vitest'

export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly requestId: string
  readonly errors?: readonly {
    readonly code: string
    readonly detail: string
    readonly pointer?: string
    readonly parameter?: string
    readonly source?: { readonly file: string | null; readonly line: number | null }
  }[]
  readonly suggestions?: readonly string[]
  readonly currentVersion?: number
}

/** The problem document in an answer, once it is seen to be one, to agree with the status, and to show nothing of the inside. */
export function problemOf(answer: Response, status: number, code: string): Problem {
  expect({ status: answer.status, type: answer.type, code: answer.body.code }, answer.text).toEqual({
    status,
    type: 'application/problem+json',
    code,
  })
  const problem = answer.body as Problem
  expect(problem.status).toBe(status)
  expect(problem.type).toBe(`urn:sightline:problem:${code.toLowerCase().replaceAll('_', '-')}`)
  expect(problem.title).not.toBe('')
  expect(problem.detail).not.toBe('')
  expect(answer.text).not.toMatch(/\bat \S+ \(|node_modules|\.[jt]s:\d|SELECT |prisma/i)
  return problem
}
