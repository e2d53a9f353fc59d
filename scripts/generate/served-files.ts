import type { AppDependencies } from '#app'
import { identifyNobody } from '#access/identify'
import { buildApp } from '#app'
import { readConfig } from '#config'
import { createTelemetry } from '#telemetry'

/** Stands for what the app only holds while its routes are registered; using it says which part was used. */
const untouched = <T extends object>(name: string): T =>
  new Proxy({} as T, {
    get: (_, property) => {
      throw new Error(`generating asked ${name} for ${String(property)}`)
    },
  })

/** What the service serves about itself, by path, as it is committed: formatted JSON. */
export async function servedFiles(paths: readonly string[]): Promise<readonly string[]> {
  // However busy the machine is, there is only one thing to answer here.
  const read = readConfig({ GRAPHIQL: 'true', EVENT_LOOP_DELAY_MS: '0' })
  if ('problems' in read) throw new Error(read.problems.join(', '))
  const app = await buildApp({
    config: read.config,
    telemetry: createTelemetry({ level: 'silent' }),
    identify: identifyNobody,
    store: untouched<AppDependencies['store']>('the store'),
    analyst: untouched<AppDependencies['analyst']>('the analyst'),
    now: () => 0,
    isDraining: () => false,
  })
  await app.ready()
  const answers = await Promise.all(paths.map((path) => app.inject(path)))
  await app.close()
  return answers.map(({ statusCode, payload }, index) => {
    if (statusCode !== 200) throw new Error(`${paths[index]} answered ${statusCode}`)
    return `${JSON.stringify(JSON.parse(payload), null, 2)}\n`
  })
}
