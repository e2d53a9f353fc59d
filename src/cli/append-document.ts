import type { Server } from './server/server.js'
import type { AppendAnswer } from '#engine/model/stored/stored-version'
import { askServerJson } from './ask-server.js'

/** Appends a document to a topology that a server keeps. */
export const appendDocument = (
  server: Server,
  topology: string,
  body: Uint8Array,
  query: Readonly<Record<string, string | undefined>>,
  type: 'application/json' | 'application/yaml' = 'application/yaml',
): Promise<AppendAnswer> =>
  askServerJson<AppendAnswer>(server, {
    method: 'POST',
    path: `/v1/topologies/${topology}/versions`,
    query,
    body,
    type,
  })
