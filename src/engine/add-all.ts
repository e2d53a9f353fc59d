/** Adds items to a list, however many: spread into `push` each is an argument, and some hundred thousand of them fill the stack. */
export function addAll<T>(list: T[], items: readonly T[]): void {
  for (const item of items) list.push(item)
}
