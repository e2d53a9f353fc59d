import { createInProcessAnalyst } from '#analyst/in-process'
import { processEnvironment } from '#config'
import { paintFor } from '#formats/text/paint'
import { run } from './run.js'

// A reader that has seen enough (`… | head`) closes the pipe; the exit code still is the verdict's.
process.stdout.on('error', () => {})
process.stderr.on('error', () => {})

const ending = run(process.argv.slice(2), {
  analyst: createInProcessAnalyst(),
  now: () => Date.now(),
  out: (chunk) => new Promise((resolve) => void process.stdout.write(chunk, () => resolve())),
  err: (text) => void process.stderr.write(text),
  paint: paintFor(process.stdout),
  environment: processEnvironment,
})
void ending.then((exitCode) => {
  process.exitCode = exitCode
})
