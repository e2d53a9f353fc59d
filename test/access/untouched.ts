/** Whatever is asked of it first ends what asks: it got that far. */
export const touched = new Error('touched')

export const untouched = <T extends object>(): T =>
  new Proxy({} as T, {
    get: () => {
      throw touched
    },
  })
