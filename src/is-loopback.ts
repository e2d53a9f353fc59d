const loopback = /^(localhost|127(\.\d+){3}|::1)$/

/** Can only this machine reach the address? */
export const isLoopback = (host: string): boolean => loopback.test(host)
