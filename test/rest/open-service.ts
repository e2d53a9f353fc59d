import request from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import { buildApp } from '#app'
import { readConfig } from '#config'
import { createTelemetry } from '#telemetry'
import { identifyCallers } from '../../src/identify-callers.js'
import type { Store } from '#store/store'
import { openDependencies } from '../operations/open-dependencies.js'

export interface OpenService {
  /** Asks the service over a socket on the loopback. */
  readonly http: TestAgent
  readonly url: string
  readonly store: Store
  close(): Promise<void>
}

/** The service as it is, without its process: the embedded database in a directory of its own, the engine in this thread. */
export async function openService(environment: Record<string, string> = {}, now?: () => number): Promise<OpenService> {
  // A machine that runs other tests as well is behind at times; no answer here is to depend on it.
  const read = readConfig({ EVENT_LOOP_DELAY_MS: '0', ...environment })
  if ('problems' in read) throw new Error(read.problems.join())
  const { close, ...dependencies } = await openDependencies()
  const app = await buildApp({
    ...dependencies,
    now: now ?? dependencies.now,
    config: read.config,
    telemetry: createTelemetry({ level: 'silent' }),
    identify: await identifyCallers(read.config, { ...dependencies, now: now ?? dependencies.now }),
    isDraining: () => false,
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    http: request.agent(url),
    url,
    store: dependencies.store,
    close: async () => {
      await app.close()
      await close()
    },
  }
}
