import type { PolicyPort } from '../../resources/network-policy/policy-port.js'

/** A port as a rule names it. */
export const tellPort = ({ protocol, range, name }: PolicyPort): string => {
  const port = name ?? (range === undefined ? 'any' : range.first === range.last ? `${range.first}` : `${range.first}-${range.last}`)
  return protocol === undefined || protocol === 'TCP' ? port : `${port}/${protocol}`
}
