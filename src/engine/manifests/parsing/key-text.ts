import { isIntegerText } from './plain-scalar.js'
import { refuseYaml } from './refuse-yaml.js'

/** A key as the Kubernetes converter to JSON writes it: numbers and booleans become text. `written` is how the document has it. */
export const keyText = (offset: number, key: unknown, written: string): string => {
  if (typeof key === 'string') return key
  if (typeof key === 'boolean') return String(key)
  if (typeof key !== 'number') return refuseYaml(offset, 'KEY_REFUSED', 'a key must be a string, a number or a boolean')
  if (!isIntegerText(written)) return fractionText(key)
  if (key < 2 ** 63) return integerText(key, written)
  return refuseYaml(offset, 'KEY_REFUSED', 'a number as a key must be less than 2^63')
}

const integerText = (key: number, written: string): string =>
  Number.isSafeInteger(key) ? String(key) : BigInt(written.replaceAll('_', '')).toString()

/** The shortest digits that a float of 32 bits keeps, as Go writes them: with an exponent from a million on. */
const fractionText = (key: number): string => {
  if (Number.isNaN(key)) return '.nan'
  if (!Number.isFinite(Math.fround(key))) return key < 0 ? '-.inf' : '.inf'
  const kept = Math.fround(key)
  const shortest = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    .map((digits) => kept.toExponential(digits - 1))
    .find((text) => Math.fround(Number(text)) === kept)
  const [digits = '', exponent = '0'] = (shortest ?? kept.toExponential()).split('e')
  const power = Number(exponent)
  if (power >= -4 && power < 6) return Object.is(kept, -0) ? '-0' : String(Number(shortest))
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}
