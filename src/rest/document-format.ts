import { AppError } from '#engine/model/app-error'
import { acceptedTypes } from './accepted-types.js'

const jsonTypes = ['application/json', 'application/*', '*/*']
const yamlTypes = ['application/yaml', 'text/yaml', 'application/x-yaml', 'text/*']

/** Which form of a document to send: `?format=` wins over `Accept`; JSON where neither says. */
export function documentFormat(accept: string | undefined, format: 'json' | 'yaml' | undefined): 'JSON' | 'YAML' {
  if (format !== undefined) return format === 'json' ? 'JSON' : 'YAML'
  if (accept === undefined) return 'JSON'
  for (const type of acceptedTypes(accept)) {
    if (jsonTypes.includes(type)) return 'JSON'
    if (yamlTypes.includes(type)) return 'YAML'
  }
  throw new AppError('NOT_ACCEPTABLE', 'a document is sent as `application/json` or `application/yaml`')
}
