import { trimEndOf } from '../parsing/trim-characters.js'

/** No longer name is looked at whole: what it is about stands at its end. */
const longest = 160

/**
 * The words of a name, in lower case and without numbers: `X-Api-Key`, `x_api_key` and `xApiKey1` are `x`, `api`, `key`; of
 * `request.headers[x-api-key]` only what the brackets hold.
 */
export const wordsOfName = (name: string): readonly string[] => {
  const end = name.length > longest ? name.slice(-longest) : name
  const inner = /\[["']?([^[\]"']+)["']?\]$/.exec(end)?.[1] ?? end
  return inner
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .map((word) => trimEndOf(word, '0123456789'))
    .filter((word) => word !== '')
}
