import { AppError } from '#engine/model/app-error'
import { namePattern } from '#engine/model/stored-version'

const valid = new RegExp(namePattern)

/** Refuses a topology's or a tag's name that does not fit; a tag must not look like another kind of `ref`. */
export function checkName(parameter: 'topology' | 'tag', name: string): void {
  const clash = parameter === 'tag' && (name === 'latest' || /^\d+$/.test(name))
  if (valid.test(name) && !clash) return
  const detail = clash ? 'a tag is neither a number nor `latest`' : `it must match \`${namePattern}\``
  throw new AppError('PARAMETER_INVALID', `\`${name.slice(0, 80)}\` is not a name for a ${parameter}: ${detail}`, {
    errors: [{ code: 'NAME_INVALID', detail, parameter }],
  })
}
