import Type, { type TArrayOptions, type TSchema } from 'typebox'
import { described } from './described.js'

export const descriptionOf = (schema: TSchema): string => ('description' in schema ? String(schema.description) : '')
const examplesOf = (schema: TSchema): readonly unknown[] => ('examples' in schema ? (schema.examples as readonly unknown[]) : [])

/** A list that means what its entries mean: told at the list too, because that is the word a reader meets first. */
export const entriesOf = <T extends TSchema>(entry: T, options: TArrayOptions = {}) =>
  described(Type.Array(entry, options), descriptionOf(entry), examplesOf(entry))
