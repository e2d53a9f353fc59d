import type { NamePlace } from './suspicion-of.js'

/** How the members of an object are named; `ENCRYPTED`: whatever they are called, they are secrets. */
export type MemberPlace = NamePlace | 'ENCRYPTED'

const labels = /^(?:\w*labels|selectors?|\w+selector)$/i
const annotations = /^\w*annotations$/i
const headers = /^(?:\w*headers|set|add|queryparams|query_parameters|query_params|cookies|requestheadermodifier|responseheadermodifier)$/i
const settings = /^(?:env|envs|environment|variables|vars|proxymetadata|flags|extraargs|extra_args|settings|extraenv)$/i

/** Which words the members of a member of this name are read by, where those beside it are `place`. */
export const placeBelow = (key: string, place: MemberPlace): MemberPlace => {
  if (key === 'encryptedData' || key === 'stringData') return 'ENCRYPTED'
  if (place !== 'FIELD' && place !== 'HEADER') return place
  if (labels.test(key)) return 'LABEL'
  if (annotations.test(key)) return 'ANNOTATION'
  if (headers.test(key)) return 'HEADER'
  return settings.test(key) ? 'SETTING' : place
}
