/** Codes of what is noted while a document is read and stored; rules have their own. Each has a page in docs/rules. */
export const noteCodes: readonly string[] = [
  'AMBIGUOUS_SCALAR',
  'ASSERTION_FAILED',
  'DUPLICATE_OBJECT',
  'KEY_REPEATED',
  'OBJECT_BROKEN',
  'PLACEHOLDER',
  'SECRET_REMOVED',
  'TEXT_UNREAD',
]
