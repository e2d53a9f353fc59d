import type { Command } from '../command.js'
import { sharedFlags } from '../parse-arguments.js'

/** What bash sources to complete commands, flags, and values that are one of a few; files elsewhere. */
export const bashCompletion = (commands: readonly Command[]): string =>
  `# eval "$(sightline completion bash)"
_sightline() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}" known=
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${[...commands.map(({ name }) => name), 'help', 'version'].join(' ')}' -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]} $previous" in
${commands.flatMap(valuesOf).join('\n')}
    'help '*) known='${commands.map(({ name }) => name).join(' ')}' ;;
  esac
  if [ -z "$known" ] && [[ "$current" == -* ]]; then
    case "\${COMP_WORDS[1]}" in
${commands.map(flagsOf).join('\n')}
    esac
  fi
  if [ -n "$known" ]; then COMPREPLY=($(compgen -W "$known" -- "$current")); fi
}
complete -o bashdefault -o default -F _sightline sightline
`

const valuesOf = ({ name, flags, operandChoices = [] }: Command): readonly string[] => [
  ...Object.entries(flags).flatMap(([flag, { choices }]) =>
    choices === undefined ? [] : [`    '${name} --${flag}') known='${choices.join(' ')}' ;;`],
  ),
  ...(operandChoices.length === 0 ? [] : [`    '${name} ${name}') known='${operandChoices.join(' ')}' ;;`]),
]

const flagsOf = ({ name, flags }: Command): string =>
  `      ${name}) known='${Object.keys({ ...flags, ...sharedFlags })
    .map((flag) => `--${flag}`)
    .join(' ')}' ;;`
