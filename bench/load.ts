// A process of its own that asks: so that what it costs to ask is not taken from the service's event loop.
import { drive, type Load } from './drive.js'

process.on('message', (load: Load) => {
  drive(load).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ seconds: 0, failed: load.bodies.length, bytes: 0, first: String(error) }),
  )
})
