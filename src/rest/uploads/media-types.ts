/** How a body that holds a document, or files, is written. */
export type Written = 'JSON' | 'YAML' | 'ARCHIVE' | 'PARTS'

/** The media types that are taken where a document is, in lower case. */
export const mediaTypes: ReadonlyMap<string, Written> = new Map([
  ['application/json', 'JSON'],
  ...['application/yaml', 'text/yaml', 'application/x-yaml', 'text/x-yaml'].map((type) => [type, 'YAML'] as const),
  ...['application/x-tar', 'application/tar', 'application/gzip', 'application/x-gzip', 'application/x-gtar'].map(
    (type) => [type, 'ARCHIVE'] as const,
  ),
  ['multipart/form-data', 'PARTS'],
])

export const mediaTypeOf = (header: string | undefined): string => (header ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
