import type { Figure } from './figure.js'

const target = 1.2

/** What waits in milliseconds is below what anybody notices, and chance decides: nothing counts as less than this. */
const leastDelay = 10

/** The figures of a mesh that is mixed, each as so many times what the same costs with sidecars alone. */
export const compareFigures = (sidecars: readonly Figure[], mixed: readonly Figure[]): readonly Figure[] =>
  mixed.flatMap((figure) => {
    const base = sidecars.find(({ name }) => name === figure.name)
    return base === undefined ? [] : [compare(base, figure)]
  })

function compare(base: Figure, figure: Figure): Figure {
  const least = base.unit === ' ms' ? leastDelay : 0
  const [was, is] = [Math.max(base.measured, least), Math.max(figure.measured, least)]
  const measured = base.holds === 'AT_MOST' ? is / was : was / is
  const detail = `${figure.measured.toFixed(2)} over ${base.measured.toFixed(2)}; ${figure.detail}`
  return { name: `${figure.name}, mixed / sidecars`, measured, target, holds: 'AT_MOST', detail }
}
