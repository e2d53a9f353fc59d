/** A header of the question by its name in lower case; names that every object answers to, such as `constructor`, are headers like any other. */
export const findHeader = (headers: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(headers, name) ? headers[name] : undefined
