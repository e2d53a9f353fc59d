import { operator } from '#access/operator'
import { createInProcessAnalyst } from '#analyst/in-process'
import type { Surroundings } from '#cli/command'
import { endless } from '#formats/text/screen'
import { run } from '#cli/run'

export interface Called {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** One call of the command line in this process, without colours; `changed` says what is different around it. */
export async function call(words: readonly string[], changed: Partial<Surroundings> = {}): Promise<Called> {
  let [results, messages] = ['', '']
  const code = await run(words, {
    analyst: createInProcessAnalyst(),
    caller: operator,
    now: () => Date.parse('2026-11-20T12:00:00Z'),
    out: async (chunk) => void (results += typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk)),
    err: (text) => void (messages += text),
    screen: endless,
    environment: {},
    ...changed,
  })
  return { code, out: results, err: messages }
}
