import { type Config, processEnvironment, readConfig } from '#config'
import { AppError } from '#engine/model/app-error'
import type { Service } from './start-service.js'

/** Exit codes after sysexits.h: the environment is wrong or the data directory is taken; an internal failure. */
const misconfigured = 78
const failed = 70

/** The process's whole life: from its environment until a signal, with the exit code that says why it ended. */
export async function runService(
  environment = processEnvironment,
  ready: (service: Service) => Promise<void> = async () => {},
): Promise<void> {
  const read = readConfig(environment)
  if ('problems' in read) return exit(misconfigured, read.problems.join('\n'))
  let service: Service
  try {
    // Whoever is refused waits for none of it.
    const { startService } = await import('./start-service.js')
    service = await startService(read.config, (error) => exit(failed, `the embedded database stopped answering: ${error.message}`))
  } catch (error) {
    return exit(exitCodeOf(error), sentenceOf(error, read.config))
  }
  stopOnSignal(service, read.config)
  await ready(service)
}

/** The first signal drains and exits 0; a second one ends at once; what does not finish in time is cut off. */
function stopOnSignal(service: Service, { SHUTDOWN_TIMEOUT_MS }: Config): void {
  let stopping = false
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) exit(1, 'stopped at once')
    stopping = true
    service.telemetry.logger.info({ signal }, 'stopping')
    setTimeout(() => exit(1, 'requests did not finish in time'), SHUTDOWN_TIMEOUT_MS).unref()
    service.stop().then(
      () => process.exit(0),
      (error: unknown) => exit(failed, String(error)),
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

const misfits: ReadonlySet<string> = new Set(['STORE_HELD', 'STORE_UNUSABLE', 'SETTING_UNUSABLE'])

const exitCodeOf = (error: unknown): number => (error instanceof AppError && misfits.has(error.code) ? misconfigured : failed)

function sentenceOf(error: unknown, { HOST, METRICS_PORT }: Config): string {
  if (error instanceof AppError) return error.message
  const { code, port } = error as NodeJS.ErrnoException & { readonly port?: number }
  if (code === 'EADDRINUSE') {
    return `another process listens on ${HOST}:${port}; choose another ${port === METRICS_PORT ? 'METRICS_PORT' : 'PORT'}`
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function exit(code: number, message: string): never {
  process.stderr.write(`sightline: ${message.replaceAll('\n', '\nsightline: ')}\n`)
  process.exit(code)
}
