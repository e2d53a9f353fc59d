import { AppError } from '#engine/model/app-error'
import { namePattern, refPattern } from '#engine/model/stored/stored-version'

const valid = new RegExp(namePattern)

/** Whether anything can have this name; what cannot is not looked for. */
export const isName = (name: string): boolean => valid.test(name)

/** Refuses a topology's or a tag's name that does not fit; a tag must not look like another kind of `ref`. */
export function checkName(parameter: 'topology' | 'tag', name: string): void {
  const clash = parameter === 'tag' && (name === 'latest' || /^\d+$/.test(name))
  if (isName(name) && !clash) return
  const detail = clash ? 'a tag is neither a number nor `latest`' : `it must match \`${namePattern}\``
  throw new AppError('PARAMETER_INVALID', `\`${name.slice(0, 80)}\` is not a name for a ${parameter}: ${detail}`, {
    errors: [{ code: 'NAME_INVALID', detail, parameter }],
  })
}

const validRef = new RegExp(refPattern)

/** Refuses what no version can be called by; one that merely does not exist is looked for. */
export function checkRef(ref: string): void {
  if (validRef.test(ref)) return
  const detail = 'it is a number, `latest`, a tag, or `sha256:` and 64 digits'
  throw new AppError('PARAMETER_INVALID', `\`${ref.slice(0, 80)}\` is not what a version is called by: ${detail}`, {
    errors: [{ code: 'REF_INVALID', detail, parameter: 'ref' }],
  })
}
