import type { ApiObject } from './list-objects.js'

interface ApiMeta {
  readonly name: string
  readonly namespace: string
  readonly labels: Readonly<Record<string, string>>
}

/** Who an object of an API server is; '' for what it has not. */
export const metaOf = ({ metadata }: ApiObject): ApiMeta => {
  const { name = '', namespace = '', labels = {} } = (metadata ?? {}) as Partial<ApiMeta>
  return { name, namespace, labels }
}
