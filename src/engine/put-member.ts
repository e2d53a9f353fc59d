/** Sets an own member, whatever its name: `__proto__` may be a key of a map that users write. */
export function putMember<T>(into: Record<string, T>, name: string, value: T): void {
  if (name === '__proto__') Object.defineProperty(into, name, { value, writable: true, enumerable: true, configurable: true })
  else into[name] = value
}
