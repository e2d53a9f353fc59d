import { listSome } from '../../analysis/answer/list-some.js'

/** What whoever adds something beside these has not to be afraid for. */
export const tellStays = (policies: readonly string[]): string => {
  const names = [...new Set(policies)]
  if (names.length === 0) return 'those that are there stay as they are'
  return `${listSome(names)} ${names.length === 1 ? 'stays as it is' : 'stay as they are'}`
}
