import { pause } from '../../pause.js'
import { remembered } from '../../remembered.js'
import type { ControlPlaneView } from '../../snapshot/snapshot.js'

/** Names of headers, in lower case, by which some route leads a request, or some policy judges it: what sets one of them may turn a call (EXT-5). */
export const decidingHeaders = remembered((view: ControlPlaneView): ReadonlySet<string> => {
  const names = new Set<string>()
  for (const { http } of [...view.configuration.virtualServices.values()].flat()) {
    pause()
    for (const { headers, withoutHeaders } of http.flatMap(({ match }) => match)) {
      for (const name of [...Object.keys(headers), ...Object.keys(withoutHeaders)]) names.add(name.toLowerCase())
    }
  }
  for (const { rules } of [...view.configuration.authorizationPolicies.values()].flat()) {
    pause()
    for (const { key } of rules.flatMap(({ when }) => when)) {
      const name = /^request\.headers\[([^\]]+)\]$/.exec(key)?.[1]
      if (name !== undefined) names.add(name.toLowerCase())
    }
  }
  return names
})
