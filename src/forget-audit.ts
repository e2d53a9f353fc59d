import type { Store } from '#store/store'

const day = 86_400_000

/** Lets go of what is older than `days` in the audit, and of counts that are over, now and every six hours until it is told to stop. */
export function forgetAudit(
  store: Pick<Store, 'forgetAudit' | 'forgetLeases'>,
  days: number,
  onFault: (error: unknown) => void,
): () => void {
  const forget = (): void => void Promise.all([store.forgetAudit(new Date(Date.now() - days * day)), store.forgetLeases()]).catch(onFault)
  const timer = setInterval(forget, day / 4)
  timer.unref()
  forget()
  return () => clearInterval(timer)
}
