import { ask } from './ask.js'
import { deedOf, type LoadedTopology, type Tokens } from './mixed-load.js'

/** Requests under way at once at most; a service that is behind is asked less, which is told. */
const most = 64

export interface Told {
  readonly asked: number
  readonly leftOut: number
  /** How many answers of each kind: success, or what it was and of which request. */
  readonly answers: Readonly<Record<string, number>>
  /** Milliseconds of every answer, by kind of request. */
  readonly times: ReadonlyMap<string, readonly number[]>
}

export interface Load {
  /** From now on so many requests a second. */
  slowTo(rate: number): void
  /** Sends nothing until `work` is done, which begins when all that was sent is answered. */
  whileStill<T>(work: () => Promise<T>): Promise<T>
  stop(): void
  told(): Told
}

export interface Loaded {
  readonly port: number
  readonly topologies: readonly LoadedTopology[]
  readonly tokens: Tokens
}

const pause = (milliseconds: number): Promise<void> => new Promise((resume) => setTimeout(resume, milliseconds))

/** Sends as fast as the service answers, so many requests at once, until it is told to slow down or to stop. */
export function startLoad({ port, topologies, tokens }: Loaded, atOnce: number): Load {
  const answers = new Map<string, number>()
  const times = new Map<string, number[]>()
  let [index, underWay, leftOut, isStill, isFast] = [0, 0, 0, false, true]
  let timer: NodeJS.Timeout | undefined
  const send = async (): Promise<void> => {
    const { kind, ...request } = deedOf(topologies, tokens, index++)
    const since = performance.now()
    underWay += 1
    const outcome = await ask(port, request).then(
      ({ status, text }) => (text.startsWith('{"errors"') ? `errors ${text.slice(0, 200)}` : `${status}`),
      (error: unknown) => `no answer: ${String(error)}`,
    )
    underWay -= 1
    const counted = outcome.startsWith('2') ? '2xx' : `${outcome} (${kind})`
    answers.set(counted, (answers.get(counted) ?? 0) + 1)
    const taken = times.get(kind) ?? []
    taken.push(performance.now() - since)
    times.set(kind, taken)
  }
  const sendOnAndOn = async (): Promise<void> => {
    while (isFast) await (isStill ? pause(20) : send())
  }
  for (let each = 0; each < atOnce; each += 1) void sendOnAndOn()
  const stop = (): void => {
    isFast = false
    clearInterval(timer)
  }
  return {
    slowTo: (rate) => {
      stop()
      timer = setInterval(() => {
        if (isStill) return
        if (underWay < most) void send()
        else leftOut += 1
      }, 1000 / rate)
    },
    async whileStill(work) {
      isStill = true
      while (underWay > 0) await pause(20)
      return work().finally(() => (isStill = false))
    },
    stop,
    told: () => ({ asked: index, leftOut, answers: Object.fromEntries(answers), times }),
  }
}
