import type { Page } from '#engine/model/visibility'
import type { Part } from '#formats/parts/part'
import { items, section } from '#formats/parts/tell'

/** How the next page is asked for, where there is one. */
export const tellPage = ({ nextCursor }: Page): readonly Part[] =>
  section('there is more', nextCursor === null ? [] : items([{ cells: [{ text: `--after ${nextCursor}`, as: 'COMMAND' }] }]))
