// Loaded before the service (`node --import`), into its main thread and the threads of the analysis and the embedded database, so that the bench
// can ask what only the process itself knows: event-loop delay, a thread's heap after a forced collection, CPU profiles. The service's
// own files stay as they are.
import { Server } from 'node:http'
import { Session } from 'node:inspector'
import { syncBuiltinESMExports } from 'node:module'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { getHeapCodeStatistics, getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import workerThreads from 'node:worker_threads'

const { BroadcastChannel, isMainThread, Worker } = workerThreads
const channel = new BroadcastChannel('sightline-bench')
channel.unref()

function forcedHeap() {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc')
  for (let round = 0; round < 3; round++) collect()
  const { used_heap_size: used, external_memory: external } = getHeapStatistics()
  return { used, external }
}

/** As where memory is scarce: collects all of it, and gives back what the heap has in reserve, so that what is left is what is held. */
async function spareMemory() {
  const inspector = new Session()
  inspector.connect()
  for (let round = 0; round < 2; round++) await new Promise((resume) => inspector.post('HeapProfiler.collectGarbage', resume))
  inspector.disconnect()
  const { used_heap_size: used, external_memory: external } = getHeapStatistics()
  const { code_and_metadata_size: code } = getHeapCodeStatistics()
  return { used, external, code }
}

let session
function startProfile() {
  session = new Session()
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.setSamplingInterval', { interval: 200 })
  session.post('Profiler.start')
}
const stopProfile = () => new Promise((resolve) => session.post('Profiler.stop', (_error, { profile }) => resolve(JSON.stringify(profile))))

const own = { heap: forcedHeap, spare: spareMemory, startProfile, stopProfile }

if (isMainThread) serveBench()
else {
  const thread = new URL(import.meta.url).searchParams.get('thread')
  channel.onmessage = async ({ data }) => {
    if ('command' in data && (data.thread ?? 'questions 1') === thread)
      channel.postMessage({ id: data.id, result: await own[data.command]() })
  }
}

function serveBench() {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const here = {
    resetDelay: () => delay.reset(),
    delay: () => ({ p50: delay.percentile(50) / 1e6, p999: delay.percentile(99.9) / 1e6, max: delay.max / 1e6, samples: delay.count }),
    main: ({ what }) => own[what](),
    resident: () => process.memoryUsage.rss(),
  }
  process.on('message', async (message) => {
    if (message.command in here) process.send({ id: message.id, result: await here[message.command](message) })
    else channel.postMessage(message)
  })
  channel.onmessage = ({ data }) => {
    if ('result' in data) process.send(data)
  }
  const listen = Server.prototype.listen
  Server.prototype.listen = function (...args) {
    this.once('listening', () => process.send({ port: this.address().port }))
    return listen.apply(this, args)
  }
  workerThreads.Worker = class extends Worker {
    constructor(file, options) {
      const isOurs = ['/analyst-worker.js', '/pglite-worker.mjs'].some((end) => String(file).endsWith(end))
      const probe = `${import.meta.url}?thread=${encodeURIComponent(options.name)}`
      super(file, isOurs ? { ...options, execArgv: ['--import', probe] } : options)
    }
  }
  syncBuiltinESMExports()
}
