import type { Format } from './format.js'
import { jsonPieces } from './json-pieces.js'

export const json: Format = {
  name: 'json',
  says: 'as REST answers',
  mediaType: 'application/json',
  isAccepted: true,
  aroundFinding: 180,
  *pieces({ report, check }) {
    yield* jsonPieces(check ?? report)
    yield '\n'
  },
}
