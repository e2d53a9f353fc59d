/** What kind of fault an object has, in the order in which an API server would look. */
export type FaultKind =
  | 'UNKNOWN_FIELD'
  /** Known to a later release than the one that reads it. */
  | 'NEWER_FIELD'
  | 'WRONG_TYPE'
  | 'NOT_ALLOWED'
  | 'OUT_OF_RANGE'
  | 'MISSING'
  | 'REPEATED'
  | 'RULE_BROKEN'

/** One place of an object that its schema does not allow. */
export interface Fault {
  readonly kind: FaultKind
  /** Such as `spec.http[0].route`; keys that are no names stand in brackets and quotes. */
  readonly path: string
  /** What is wrong there, to be read after the path. */
  readonly says: string
  /** The minor release since which it is known. */
  readonly since?: number
  /** Of an unknown field that went: the last minor release that knew it. */
  readonly until?: number
  /** Of an unknown field: where it would be known, or what was probably meant. */
  readonly meant?: { readonly name: string } | { readonly belongsTo: string }
}

export type Step = string | number
