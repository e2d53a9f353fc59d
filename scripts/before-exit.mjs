// @ts-check

/**
 * Calls this when our process ends, by itself or by a signal, before it was told to forget it. Not when it is killed outright.
 * @param {() => void} clean
 */
export function beforeExit(clean) {
  /** @type {readonly NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  const forget = () => {
    process.off('exit', clean)
    for (const name of signals) process.off(name, obey)
  }
  // A signal that is listened to does not end the process: it is sent once more when nobody listens.
  const obey = (/** @type {NodeJS.Signals} */ name) => {
    forget()
    clean()
    process.kill(process.pid, name)
  }
  process.on('exit', clean)
  for (const name of signals) process.on(name, obey)
  return forget
}
