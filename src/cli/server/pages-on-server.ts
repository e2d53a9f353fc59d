import { askServerJson } from '../ask-server.js'
import { everyPage, type Whole } from '../every-page.js'
import type { Server } from './server.js'

/** A list of a server's, `most` of its items or all. */
export const pagesOnServer = <T>(server: Server, path: string, most?: number): Promise<Whole<T>> =>
  everyPage((first, after) => askServerJson<Whole<T>>(server, { method: 'GET', path, query: { first: `${first}`, after } }), most)
