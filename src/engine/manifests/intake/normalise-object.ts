import { isRecord, type ObjectIdentity } from '../raw-object.js'

type Data = Readonly<Record<string, unknown>>

/** The object with its namespace written out and the noise of a live cluster dropped; everything else as it came. */
export const normaliseObject = (value: Data, { name, namespace }: ObjectIdentity): Data => {
  const metadata = isRecord(value.metadata) ? value.metadata : {}
  const stated = namespace === '' ? undefined : namespace
  // As a dump has it, nothing is left to do, and nothing is copied.
  const isNormal = metadata.name === name && metadata.namespace === stated && !('managedFields' in metadata)
  if (isNormal && (stated !== undefined || !('namespace' in metadata))) return value
  const { managedFields: _managed, namespace: _namespace, ...kept } = metadata
  return { ...value, metadata: stated === undefined ? { ...kept, name } : { ...kept, name, namespace: stated } }
}
