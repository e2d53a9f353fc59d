import { isRecord, type ObjectIdentity } from '../raw-object.js'

type Data = Readonly<Record<string, unknown>>

/** The object with its namespace written out and the noise of a live cluster dropped; everything else as it came. */
export const normaliseObject = (value: Data, identity: ObjectIdentity): Data => {
  const { managedFields: _managed, namespace: _namespace, ...metadata } = isRecord(value.metadata) ? value.metadata : {}
  const named = { ...metadata, name: identity.name }
  return { ...value, metadata: identity.namespace === '' ? named : { ...named, namespace: identity.namespace } }
}
