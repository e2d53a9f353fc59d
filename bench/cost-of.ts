import { spawnSync } from 'node:child_process'

/** What a program took: processor time and time in milliseconds, and the most memory it held in megabytes. */
export interface Cost {
  readonly processor: number
  readonly time: number
  readonly memory: number
}

/** Loaded before a program, tells at its end what it took. */
const telling = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from 'node:fs'
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
    writeSync(2, '\\n' + JSON.stringify([(userCPUTime + systemCPUTime) / 1_000, maxRSS / 1_024]))
  })
`)}`

/** Runs Node with these words, as a user would; an exit code of 1 is a verdict. */
export function costOf(words: readonly string[]): Cost {
  const since = performance.now()
  const { status, stderr } = spawnSync(process.execPath, ['--import', telling, ...words], { encoding: 'utf8', maxBuffer: 1e9 })
  const time = performance.now() - since
  const told = stderr.slice(stderr.lastIndexOf('\n'))
  if ((status !== 0 && status !== 1) || !told.includes('[')) throw new Error(`\`${words.join(' ')}\` failed: ${stderr}`)
  const [processor = Number.NaN, memory = Number.NaN] = JSON.parse(told) as readonly number[]
  return { processor, time, memory }
}
