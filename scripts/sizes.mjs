// Holds the sizes a reader relies on: the median source file is at most 70 lines, none is over 300.
import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'

const [largestAllowed, medianAllowed] = [300, 70]

const files = readdirSync('src', { recursive: true })
  .filter((file) => file.endsWith('.ts') && !file.split(sep).includes('generated'))
  .map((file) => ({ file: join('src', file), lines: readFileSync(join('src', file), 'utf8').trimEnd().split('\n').length }))
  .toSorted((a, b) => a.lines - b.lines)

const median = files[Math.floor((files.length - 1) / 2)]?.lines ?? Number.NaN
const tooLong = files.filter(({ lines }) => lines > largestAllowed)
for (const { file, lines } of tooLong) console.error(`${file} has ${lines} lines: split it along its ideas`)
console.log(`sizes: ${files.length} files, median ${median} lines, longest ${files.at(-1)?.lines ?? 0}`)
process.exitCode = files.length > 0 && median <= medianAllowed && tooLong.length === 0 ? 0 : 1
