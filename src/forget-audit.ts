import type { Store } from '#store/store'

const day = 86_400_000

/** Lets go of what is older than `days` in the audit, now and every six hours until it is told to stop. */
export function forgetAudit(store: Pick<Store, 'forgetAudit'>, days: number, onFault: (error: unknown) => void): () => void {
  const forget = (): void => void store.forgetAudit(new Date(Date.now() - days * day)).catch(onFault)
  const timer = setInterval(forget, day / 4)
  timer.unref()
  forget()
  return () => clearInterval(timer)
}
