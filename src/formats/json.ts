import type { Format } from './format.js'

export const json: Format = {
  name: 'json',
  says: 'as REST answers',
  mediaType: 'application/json',
  isAccepted: true,
  write: ({ report, check }) => `${JSON.stringify(check ?? report, null, 2)}\n`,
}
