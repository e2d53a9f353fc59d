import { YAMLException } from 'js-yaml'

/** Stops reading a YAML text, as js-yaml itself does; `parse-yaml.ts` is the only one that catches it. */
export const refuseYaml = (source: string, offset: number, code: string, detail: string): never =>
  YAMLException.throwAt(source, Math.max(0, offset), `${code}: ${detail}`)
