import Type, { type TSchema } from 'typebox'

/** A schema that says to its reader what it means, and how it is written: editors show both, and the guide is made of them. */
export const described = <T extends TSchema>(schema: T, description: string, ...examples: readonly unknown[]): T =>
  Type.With(schema, { description, examples }) as T
