/** Where one entry was written; no file: in a body that came over HTTP. */
export interface EntryPlace {
  readonly file: string | null
  readonly line: number
}
