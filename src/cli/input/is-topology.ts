const says = [/^["']?apiVersion["']?[ \t]*:[ \t]*["']?sightline\//m, /"apiVersion"\s*:\s*"sightline\//]
const another = /(?:^|["'{,\s])apiVersion["']?\s*:/
const clusters = /^["']?clusters["']?[ \t]*:/m

/** Is a text a topology document, or meant to be one? Asked before it is parsed; `isNamedSo`: its file is called `topology.yaml`. */
export const isTopology = (body: Uint8Array, isNamedSo: boolean): boolean => {
  const text = new TextDecoder().decode(body)
  if (says.some((pattern) => pattern.test(text))) return true
  return !another.test(text) && (isNamedSo || clusters.test(text))
}
