import type { Command, Flag } from '../command.js'
import { sharedFlags } from '../parse-arguments.js'

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
/** Brackets and colons part what `_arguments` reads. */
const plain = (text: string): string => text.replaceAll(/[[\]:\\]/g, '\\$&')

/** What zsh sources, or finds as `_sightline` in its `fpath`. */
export const zshCompletion = (commands: readonly Command[]): string =>
  `#compdef sightline
# eval "$(sightline completion zsh)"
_sightline() {
  local -a known
  known=(
${[...commands, { name: 'help', says: 'tell how a command is used' }, { name: 'version', says: 'say which version this is' }]
  .map(({ name, says }) => `    ${quoted(`${name}:${says.replaceAll(':', '\\:')}`)}`)
  .join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command known
    return
  fi
  shift words
  (( CURRENT-- ))
  case $words[1] in
${commands.map(argumentsOf).join('\n')}
    help) _describe command known ;;
  esac
}
if [ "$funcstack[1]" = _sightline ]; then _sightline "$@"; else compdef _sightline sightline; fi
`

const argumentsOf = ({ name, flags, operandChoices }: Command): string => {
  const told = Object.entries({ ...flags, ...sharedFlags }).map(flagOf)
  const operand = operandChoices === undefined ? '*:path:_files' : `1:value:(${operandChoices.join(' ')})`
  return `    ${name}) _arguments ${[...told, operand].map(quoted).join(' ')} ;;`
}

const flagOf = ([name, { takes, choices, repeats, says }]: readonly [string, Flag]): string => {
  const value = takes === undefined ? '' : `:${plain(takes)}:${choices === undefined ? '' : `(${choices.join(' ')})`}`
  return `${repeats === true ? '*' : ''}--${name}[${plain(says)}]${value}`
}
