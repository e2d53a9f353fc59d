import type { NamePlace } from './suspicion-of.js'

/** How the members of an object are named; `ENCRYPTED`: whatever they are called, they are secrets. */
export type MemberPlace = NamePlace | 'ENCRYPTED'

const labels = /^(?:\w*labels|selectors?|\w+selector)$/i
const annotations = /^\w*annotations$/i
const headers = /^(?:\w*headers|set|add|queryparams|query_parameters|query_params|cookies|requestheadermodifier|responseheadermodifier)$/i
const settings = /^(?:env|envs|environment|variables|vars|proxymetadata|flags|extraargs|extra_args|settings|extraenv)$/i

/** How the members of a member of this name are named; undefined: like those beside it. */
export const placeNamed = (key: string): MemberPlace | undefined => {
  if (key === 'encryptedData' || key === 'stringData') return 'ENCRYPTED'
  if (labels.test(key)) return 'LABEL'
  if (annotations.test(key)) return 'ANNOTATION'
  if (headers.test(key)) return 'HEADER'
  return settings.test(key) ? 'SETTING' : undefined
}

/** The same below a member that stands at `place`: what is in a free map, or among settings, is one of them whatever its name. */
export const placeBelow = (named: MemberPlace | undefined, place: MemberPlace): MemberPlace =>
  named !== undefined && (named === 'ENCRYPTED' || place === 'FIELD' || place === 'HEADER') ? named : place
