import type { Named } from './settings-reading.js'
import { saysOfEach } from './suspicion-of.js'

/** `[tokens]` of TOML and INI, up to the next one, and `tokens {` of others, up to its end. */
const section = /^[ \t]{0,60}(?:\[{1,2}[\w.-]{0,100}?([\w-]{1,60})\]{1,2}|([\w-]{1,60})[ \t]{0,20}\{)[ \t\r]{0,60}$/gm

/** No longer section is followed. */
const sectionReach = 2000

/** What members of a section are suspected of, of all that say so. */
export const sectionsOf = (text: string): readonly Named[] =>
  [...text.matchAll(section)].flatMap((match) => {
    const suspicion = saysOfEach(match[1] ?? match[2] ?? '')
    if (suspicion === undefined) return []
    const begins = match.index + match[0].length
    const end = text.slice(begins, begins + sectionReach).indexOf(match[1] === undefined ? '}' : '\n[')
    return { suspicion, from: match.index, until: begins + (end < 0 ? sectionReach : end) }
  })
