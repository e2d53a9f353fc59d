/**
 * Who works, and for how long before others have their turn?
 *
 * One thread does all of it, so work comes to an end of its turn in two ways. Where it yields it is put down, and taken up again where it was. Where the
 * engine pauses in the middle (`engine/pause.ts`), others are served on top of it once it had a slice, before it goes on: at most so many on top of one another, and each of them only as
 * long as it was served less than what it keeps waiting, beyond a first `grant`. Who takes longer up there is given up and begun again
 * later with twice the grant, which loses nothing but time because questions are pure; what lies at the bottom is never given up for others.
 */
import { AppError } from '#engine/model/app-error'
import { createFavour, type Favour } from './favour.js'
import { type FairQueue, fairQueue } from './fair-queue.js'
import { type ShortLived, shortLived } from './short-lived.js'
import { standsBack } from './stands-back.js'
import { endWork, type Job, type Task, type Turn } from './task.js'
import type { Want } from './work.js'

export interface Turns {
  /** Refused where it would have to wait for longer than `patience`. */
  add(job: Job): void
  /** Nobody waits for it any more: nothing more is done, and nothing answered. */
  cancel(id: number): void
  /** Serves turns until nobody is ready, or for a slice; true: there is more. */
  run(): boolean
  /** What is done where the engine pauses. */
  pause(): void
}

export interface TurnsOptions {
  /** Milliseconds. */
  readonly now: () => number
  /** Takes in what came from outside: adds and cancels. */
  readonly receive: () => void
  /** Sends off what is done. */
  readonly flush: () => void
  /** Whose turn it is; 0: nobody's. Called again and again while somebody works. */
  readonly beat: (id: number) => void
  /** Something became ready outside of `run`. */
  readonly wake: () => void
  /** Milliseconds after which nobody may still wait for a first turn. */
  readonly patience: number
}

/** Milliseconds: of a turn, of which nobody is kept waiting before it is over; between two looks at who came meanwhile; first time in one piece on top of others. */
const slice = 25
const lookEvery = 5
const firstGrant = 2 * slice
/** So many are served on top of one another, and so many newcomers on top of these. */
const deepest = 6
const newcomers = 2

const givenUp = new AppError('CANCELLED', 'others are served first')
const cancelled = new AppError('CANCELLED', 'nobody waits for the answer any more')
const tooLong = new AppError('TOO_COMPLEX', 'the analysis took longer than one request may take')

interface Thread extends TurnsOptions {
  readonly queue: FairQueue<Task>
  readonly favour: Favour
  readonly tasks: ShortLived<number, Task>
  /** Given up, until they are owed the time that they may need. */
  readonly resting: Set<Task>
  turn: Turn | undefined
  /** The large one that is under way. */
  large: Task | undefined
  /** When somebody last looked who came. */
  looked: number
}

export function createTurns(options: TurnsOptions): Turns {
  const favour = createFavour(options.now)
  const thread: Thread = {
    ...options,
    queue: fairQueue(),
    favour,
    tasks: shortLived(),
    resting: new Set(),
    turn: undefined,
    large: undefined,
    looked: 0,
  }
  return {
    add: (job) => add(thread, job),
    cancel: (id) => {
      const task = thread.tasks.get(id)
      if (task === undefined) return
      task.cancelled = true
      if (task.state !== 'WORKING') end(thread, task, nothing)
    },
    run: () => run(thread),
    pause: () => {
      if (thread.turn === undefined || thread.now() - thread.looked < lookEvery) return
      look(thread)
      if (isOverdrawn(thread, thread.turn)) throw givenUp
      serveOthers(thread)
    },
  }
}

function add(thread: Thread, job: Job): void {
  const { queue, tasks, patience, now } = thread
  const expected = queue.expected(job)
  if (expected > patience) return job.done(() => refuse(overloaded(expected)))
  const task: Task = {
    job,
    since: now(),
    place: undefined as never,
    work: undefined,
    given: undefined,
    used: 0,
    loading: false,
    grant: firstGrant,
    stoodBack: false,
    state: 'READY',
    cancelled: false,
  }
  task.place = queue.enter(job, task)
  tasks.set(job.id, task)
  ready(thread, task)
}

function ready({ queue }: Thread, task: Task): void {
  task.state = 'READY'
  queue.wait(task.place)
}

function end(thread: Thread, task: Task, outcome: () => unknown): void {
  const { tasks, resting, queue } = thread
  if (thread.large === task) thread.large = undefined
  task.state = 'ENDED'
  endWork(task)
  tasks.delete(task.job.id)
  resting.delete(task)
  queue.leave(task.place, task.used)
  if (!task.cancelled) task.job.done(outcome)
}

function run(thread: Thread): boolean {
  const { now, flush } = thread
  const began = now()
  for (let task = takeNext(thread); task !== undefined; task = takeNext(thread)) {
    serve(thread, task)
    if (now() - thread.looked >= lookEvery) look(thread)
    if (now() - began < slice) continue
    flush()
    return true
  }
  flush()
  return false
}

function serve(thread: Thread, task: Task): void {
  const { now, beat } = thread
  count(thread)
  thread.turn = { task, below: thread.turn, depth: (thread.turn?.depth ?? 0) + 1, spent: 0, counted: now() }
  task.state = 'WORKING'
  beat(task.job.id)
  try {
    step(thread, task)
  } catch (error) {
    if (error === givenUp) rest(thread, task)
    else end(thread, task, () => refuse(error))
  } finally {
    count(thread)
    thread.turn = thread.turn.below
    if (thread.turn !== undefined) thread.turn.counted = now()
    beat(thread.turn?.task.job.id ?? 0)
  }
}

/** One turn, from where the work was put down to where it is put down again. */
function step(thread: Thread, task: Task): void {
  task.work ??= task.job.begin()
  if (task.job.isLarge === true) thread.large = task
  for (;;) {
    const { given } = task
    task.given = undefined
    const { value, done } = task.work.next(given)
    if (done === true) return end(thread, task, () => value)
    if (value === 'LOADING' || value === 'LOADED') {
      count(thread)
      task.loading = value === 'LOADING'
    } else if (value !== 'PUT_DOWN') return ask(thread, task, value)
    const { turn, now } = thread
    if (now() - thread.looked >= lookEvery) look(thread)
    if (turn !== undefined && turn.spent + now() - turn.counted >= slice) return ready(thread, task)
  }
}

function ask(thread: Thread, task: Task, wanted: Want): void {
  task.state = 'WANTING'
  wanted((given) => {
    if (task.state !== 'WANTING') return
    task.given = given
    ready(thread, task)
    thread.wake()
  })
}

/** Given up, and to be begun again. */
function rest(thread: Thread, task: Task): void {
  if (thread.large === task) thread.large = undefined
  endWork(task)
  task.loading = false
  task.grant *= 2
  task.state = 'RESTING'
  thread.resting.add(task)
}

function count({ turn, queue, favour, now }: Thread): void {
  if (turn === undefined) return
  const at = now()
  const ms = at - turn.counted
  turn.counted = at
  turn.spent += ms
  if (!turn.task.loading) turn.task.used += ms
  if (queue.isNew(turn.task.place)) favour.spend(ms)
  queue.charge(turn.task.place, ms)
}

/** Counts, takes in who came, and ends what is not to go on. */
function look(thread: Thread): void {
  count(thread)
  thread.receive()
  thread.looked = thread.now()
  if (thread.turn === undefined) return
  const { task } = thread.turn
  thread.beat(task.job.id)
  if (task.cancelled) throw cancelled
  if (task.used > task.job.limit) throw tooLong
}

/** What lies below has waited for long enough. */
const isOverdrawn = (thread: Thread, { task, below, spent }: Turn): boolean =>
  below !== undefined && spent > task.grant && leastOwed(thread, task, below) < 0

/** Milliseconds by which it was served less than each of those whom it keeps, or would keep, waiting. */
function leastOwed({ queue, turn }: Thread, { place }: Task, from: Turn | undefined = turn): number {
  let least = Infinity
  for (let below = from; below !== undefined; below = below.below) least = Math.min(least, queue.owed(place, below.task.place))
  return least
}

function serveOthers(thread: Thread): void {
  // What is short comes to its end: who comes new would keep it waiting for longer than it takes.
  if (thread.turn === undefined || thread.turn.spent < slice || thread.turn.depth >= deepest + newcomers) return
  let served = false
  for (let task = takeNext(thread); task !== undefined; task = takeNext(thread)) {
    served = true
    serve(thread, task)
  }
  if (served) thread.flush()
}

/** Who was given up is ready again when it is owed as much as it may need, and who stood back when it need not any more. */
function endRests(thread: Thread): void {
  for (const task of thread.resting) {
    if (task.job.isLarge === true && thread.large !== undefined) continue
    if (!task.stoodBack && leastOwed(thread, task) < task.grant) continue
    thread.resting.delete(task)
    ready(thread, task)
  }
}

function takeNext(thread: Thread): Task | undefined {
  const { queue, turn, favour } = thread
  endRests(thread)
  const newcomer = favour.isLeft() ? queue.newcomer()?.item : undefined
  if (newcomer !== undefined && !isPassedOver(thread, newcomer)) return newcomer
  if (turn !== undefined && turn.depth >= deepest) return undefined
  for (let place = queue.next(turn?.task.place); place !== undefined; place = queue.next(turn?.task.place)) {
    const task = place.item
    if (isPassedOver(thread, task)) continue
    if (leastOwed(thread, task) > 0) return task
    // Whoever comes after it was not served less either.
    queue.wait(place)
    return undefined
  }
  return undefined
}

const isPassedOver = (thread: Thread, task: Task): boolean => isLate(thread, task) || standsBack(thread, task)

/** Whoever waited for a first turn in vain is told so, and not served. */
function isLate(thread: Thread, task: Task): boolean {
  const { now, patience } = thread
  if (task.work !== undefined || task.used > 0 || task.stoodBack || now() - task.since <= patience) return false
  end(thread, task, () => refuse(overloaded(patience)))
  return true
}

function refuse(error: unknown): never {
  throw error
}
const nothing = (): undefined => undefined
const overloaded = (ms: number): AppError =>
  new AppError('OVERLOADED', 'too much is waiting to be analysed; try again', { retryAfter: Math.ceil(ms / 1000) })
