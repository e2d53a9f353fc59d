import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { Script } from 'node:vm'

/** The command line as one script, compiled and not run yet. */
export interface Program {
  run(): void
  /** What was compiled so far, for the next start. */
  compiled(): Uint8Array
}

/** Beside the program, written by the build; a Node that cannot use it compiles the program as if there were none. */
export const compiledName = 'program.cache'

/** The engine's optimiser waits longer and looks less far: most commands end before its work has paid, which otherwise is a third of what they cost. */
const patience = ['--interrupt-budget=250000', '--max-inlined-bytecode-size-cumulative=60']

/** `isShort`: the program ends with its answer, and does not stay to serve. */
export function loadProgram(folder: string, isShort: boolean): Program {
  if (isShort) for (const flag of patience) setFlagsFromString(flag)
  const filename = join(folder, 'program.cjs')
  const cachedData = readCompiled(join(folder, compiledName))
  const script = new Script(`(function (require, __filename, __load) {${readFileSync(filename, 'latin1')}\n})`, {
    filename,
    ...(cachedData === undefined ? {} : { cachedData }),
  })
  return {
    run: () => {
      const program = script.runInThisContext() as (require: Require, filename: string, load: typeof loadModule) => void
      program(lazily(createRequire(filename)), filename, loadModule)
    },
    compiled: () => script.createCachedData(),
  }
}

type Require = (name: string) => unknown

/** Modules of Node, each loaded when something of it is first wanted: most commands touch a few of them. The build sees to it that no more is asked of what this returns than its members. */
const lazily = (require: Require): Require => {
  const loaded = new Map<string, object>()
  const load = (name: string): object => {
    const known = loaded.get(name) ?? (require(name) as object)
    loaded.set(name, known)
    return known
  }
  return (name) =>
    name.startsWith('node:') ? new Proxy({}, { get: (_none, member): unknown => Reflect.get(load(name), member) }) : require(name)
}

/** What stays apart from the program: a script that was compiled before finds no modules by itself. */
const loadModule = (name: string): Promise<unknown> => import(name)

function readCompiled(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}
