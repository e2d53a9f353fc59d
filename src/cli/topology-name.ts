import { namePattern } from '#engine/model/stored/stored-version'
import { failure } from './failure.js'

const pattern = new RegExp(namePattern)

/** The name of a topology; `written`: how it stands on the command line. */
export function readTopologyName(name: string, written: string = name): string {
  if (pattern.test(name)) return name
  throw failure('input', `\`${written}\` is not the name of a topology: it must match \`${namePattern}\``)
}
