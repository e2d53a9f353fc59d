import type { Sight } from './sight.js'

/** Names of subsets that stand in rules of theirs: a subset of anybody else's rule is none that they are shown. */
export const ownSubsets = ({ snapshot, holds }: Sight): ReadonlySet<string> =>
  new Set([
    '',
    ...[...snapshot.clusters.values()].flatMap(({ name, resources }) =>
      [...resources.destinationRules].flatMap(([namespace, rules]) =>
        holds(name, namespace) ? rules.flatMap(({ subsets }) => subsets.map((subset) => subset.name)) : [],
      ),
    ),
  ])
