import type { Command } from '../command.js'
import { bashCompletion } from '../completion/bash-completion.js'
import { fishCompletion } from '../completion/fish-completion.js'
import { zshCompletion } from '../completion/zsh-completion.js'
import { exitCodes, failure } from '../failure.js'

const scripts: Readonly<Record<string, (commands: readonly Command[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
}
const shells = Object.keys(scripts)

/** `commands`: every command, this one too; asked for when they are all there. */
export const completionOf = (commands: () => readonly Command[]): Command => ({
  name: 'completion',
  says: 'print what makes a shell complete commands and flags',
  operands: ['SHELL'],
  operandChoices: shells,
  examples: ['eval "$(sightline completion bash)"', 'sightline completion fish | source'],
  flags: {},
  notes: [
    `SHELL is one of ${shells.map((shell) => `\`${shell}\``).join(', ')}. The line of the example belongs into the shell’s startup file.`,
  ],
  run: async (given, { out }) => {
    const [shell = ''] = given.operands
    const script = Object.hasOwn(scripts, shell) ? scripts[shell] : undefined
    if (script === undefined)
      throw failure('input', `\`${shell}\` is not a shell that is known; it is one of ${shells.map((one) => `\`${one}\``).join(', ')}`)
    await out(script(commands()))
    return exitCodes.fine
  },
})
