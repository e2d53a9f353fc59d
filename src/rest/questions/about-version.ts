import type { Dependencies } from '#operations/dependencies'
import { readContent } from '#operations/documents/read-content'
import { NoQuery, problems, VersionPath } from '../shapes.js'

/** What routes of questions have in common: whom they are about, and how they may fail. */
export const aboutVersion = { tags: ['questions'], params: VersionPath, querystring: NoQuery }
export const questionProblems = problems(404, 413, 415, 422)

/** The version at the route's address. */
export const contentAt = (dependencies: Dependencies, { name, ref }: { readonly name: string; readonly ref: string }) =>
  readContent(dependencies, { topology: name, ref })
