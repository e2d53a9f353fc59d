/**
 * Does somebody call a cluster so?
 *
 * Folders and files that hold the same objects are clusters, or variants of one application: their names are all that tells. Clusters are called after places,
 * roles, environments and numbers, variants after what they are made with, or show.
 */
const words = new Set(
  `west east north south central northeast northwest southeast southwest primary secondary remote external config main
   backup hub spoke edge dev development test testing qa uat int stage staging preprod prod production live sandbox preview
   blue green red yellow one two three four first second third eu us ap sa ca me af asia europe africa australia america
   emea apac amer`.split(/\s+/),
)

const numbered = /^(?:cluster|mesh|region|zone|site|dc|datacenter|k8s|kube|kind|gke|eks|aks|network)[a-z]?\d*$/

export const isPlaceName = (name: string): boolean =>
  name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .some((word) => words.has(word) || numbered.test(word) || /^(?:[a-z]|\d+)$/.test(word))
