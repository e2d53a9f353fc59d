import { AppError } from '#engine/model/app-error'

const jsonTypes = ['application/json', 'application/*', '*/*']
const yamlTypes = ['application/yaml', 'text/yaml', 'application/x-yaml', 'text/*']

/** The media types of an `Accept` header, the most wanted first; those with `q=0` left out. */
function wanted(accept: string): readonly string[] {
  return accept
    .split(',')
    .map((part) => {
      const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase())
      const weight = parameters.find((piece) => piece.startsWith('q='))
      return { type, weight: weight === undefined ? 1 : Number(weight.slice(2)) }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ type }) => type)
}

/** Which form of a document to send: `?format=` wins over `Accept`; JSON where neither says. */
export function documentFormat(accept: string | undefined, format: 'json' | 'yaml' | undefined): 'JSON' | 'YAML' {
  if (format !== undefined) return format === 'json' ? 'JSON' : 'YAML'
  if (accept === undefined) return 'JSON'
  for (const type of wanted(accept)) {
    if (jsonTypes.includes(type)) return 'JSON'
    if (yamlTypes.includes(type)) return 'YAML'
  }
  throw new AppError('NOT_ACCEPTABLE', 'a document is sent as `application/json` or `application/yaml`')
}
