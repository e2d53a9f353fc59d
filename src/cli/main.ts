import { operator } from '#access/operator'
import { createInProcessAnalyst } from '#analyst/in-process'
import { processEnvironment } from '#config'
import { createProgressBar } from './print/progress.js'
import { screenOf } from './print/screen-of.js'
import { run } from './run.js'

// A reader that has seen enough (`… | head`) closes the pipe; the exit code still is the verdict's.
process.stdout.on('error', () => {})
process.stderr.on('error', () => {})

const bar = createProgressBar(process.stderr, () => performance.now())

const ending = run(process.argv.slice(2), {
  analyst: createInProcessAnalyst({ onProgress: bar.watch }),
  now: () => Date.now(),
  caller: operator,
  out: (chunk) => {
    bar.clear()
    return new Promise((resolve) => void process.stdout.write(chunk, () => resolve()))
  },
  err: (text) => {
    bar.clear()
    process.stderr.write(text)
  },
  screen: screenOf(process.stdout, processEnvironment),
  environment: processEnvironment,
})
void ending.then((exitCode) => {
  process.exitCode = exitCode
})
