/** What a value is; absent in a schema that leaves it open. `x`: a whole number or text; `q`: a number or text. */
export type SchemaType = 'o' | 'a' | 's' | 'i' | 'n' | 'b' | 'x' | 'q'

/** A field of an object, and the minor release since which it is there, where that is not as long as we know. */
export interface Field {
  readonly schema: Schema
  readonly since: number | undefined
}

/** A rule in CEL, and what an API server says where it is broken. */
export interface CelRule {
  readonly rule: string
  readonly message: string | undefined
}

/** Of alternatives: exactly one, any, or all have to hold; `not` must not. */
export interface Junctors {
  readonly one: readonly Schema[] | undefined
  readonly any: readonly Schema[] | undefined
  readonly all: readonly Schema[] | undefined
  readonly not: Schema | undefined
}

/** What a value may be, as an API server asks it of objects: ready to be walked. */
export interface Schema {
  readonly type: SchemaType | undefined
  readonly nullable: boolean
  /** It may hold fields that are not named. */
  readonly open: boolean
  readonly fields: ReadonlyMap<string, Field> | undefined
  /** Of a map, what each value is. */
  readonly values: Schema | undefined
  readonly items: Schema | undefined
  readonly required: readonly string[]
  readonly allowed: readonly unknown[] | undefined
  readonly minimum: number | undefined
  readonly maximum: number | undefined
  /** Of characters, items or fields. */
  readonly fewest: number | undefined
  readonly most: number | undefined
  readonly format: string | undefined
  readonly pattern: string | undefined
  /** Fields that together tell the items of a list apart. */
  readonly keys: readonly string[] | undefined
  readonly distinct: boolean
  readonly fallback: unknown
  readonly junctors: Junctors | undefined
  readonly rules: readonly CelRule[]
  /** It, or something below it, has rules. */
  readonly ruled: boolean
}

/** A kind, as one source knows it. */
export interface SchemaKind {
  /** Where it is described, such as `Istio 1.32.0`. */
  readonly source: string
  /** There are other releases, which may have other fields, and nothing tells of which one the cluster has the kind. */
  readonly otherReleases: boolean
  /** Its schema by served version. */
  readonly versions: ReadonlyMap<string, Schema>
  readonly since: number | undefined
  readonly deprecated: readonly string[]
  /** Fields that went, by version and path (`spec.rules[].name`): the last minor release that had each. */
  readonly lost: ReadonlyMap<string, ReadonlyMap<string, number>>
}

/** Kinds by `group/kind`, a group of '' being Kubernetes' core. */
export type SchemaKinds = ReadonlyMap<string, SchemaKind>
