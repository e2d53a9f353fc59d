import type { Part } from '#formats/parts/part'
import { measure, type Screen } from '#formats/text/screen'
import { writeText } from '#formats/text/write-text'

/** Writes what is told within the columns of the screen. */
export const printParts = async (parts: readonly Part[], screen: Screen, write: (text: string) => unknown): Promise<void> => {
  await write(`${writeText(parts, await measure(screen)).join('\n')}\n`)
}
