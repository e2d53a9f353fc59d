import { type DocumentNode, getLocation, type SourceLocation, visit } from 'graphql'

/**
 * Is the error about what the request gives an argument, and not about what a field came to? Whoever runs a query has one kind of error for both:
 * of the first it points to the argument's value, of the second to the field.
 */
export function pointsToArgument(document: DocumentNode, locations: readonly SourceLocation[] | undefined): boolean {
  const source = document.loc?.source
  const [place] = locations ?? []
  if (source === undefined || place === undefined) return false
  let found = false
  visit(document, {
    Argument: ({ value: { loc } }) => {
      if (loc === undefined) return
      const { line, column } = getLocation(source, loc.start)
      found ||= line === place.line && column === place.column
    },
  })
  return found
}
