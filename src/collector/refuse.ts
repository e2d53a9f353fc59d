/** Makes the error by which a collection ends: what was asked for is wrong, nobody answers, or the caller is not let in. */
export type Refuse = (exit: 'input' | 'unreachable' | 'forbidden', message: string) => Error
