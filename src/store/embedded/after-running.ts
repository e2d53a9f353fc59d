const steps = 30

/**
 * Calls `act` once this thread has run on for so many milliseconds, unless what is returned is called before.
 *
 * A time in which nothing ran, because the machine slept or gave this process no processor, counts for one step of thirty: whoever is waited for did
 * not run either.
 */
export function afterRunning(milliseconds: number, act: () => void): () => void {
  let left = steps
  const timer = setInterval(() => {
    left -= 1
    if (left > 0) return
    clearInterval(timer)
    act()
  }, milliseconds / steps)
  return () => clearInterval(timer)
}
