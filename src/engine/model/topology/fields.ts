import Type, { type TObject, type TProperties } from 'typebox'

/** An object in which a field that is not known is a mistake, not something to pass over. */
export const strict = <P extends TProperties>(properties: P): TObject<P> => Type.Object(properties, { additionalProperties: false })

export const Name = Type.String({ minLength: 1, maxLength: 253 })
export const Names = Type.Array(Name)
export const Cidrs = Type.Array(Type.String({ maxLength: 64 }))
export const Pems = Type.Array(Type.String())
export const Port = Type.Integer({ minimum: 1, maximum: 65535 })
export const FreeObject = Type.Record(Type.String(), Type.Unknown())

/** How certificates are written in examples. */
export const examplePem = '-----BEGIN CERTIFICATE-----\nMIIB…\n-----END CERTIFICATE-----\n'
