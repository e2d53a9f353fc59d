/** At most so many patterns come of one; the rest would be a mistake, or malice. */
const most = 1000

/** `a/{b,c{d,e}}` written out: `a/b`, `a/cd`, `a/ce`. A brace without a partner, or without a comma, stands for itself. */
export const expandBraces = (pattern: string): readonly string[] => {
  const finished: string[] = []
  const waiting = [{ text: pattern, from: 0 }]
  while (waiting.length > 0 && finished.length + waiting.length <= most) {
    const { text, from } = waiting.pop() ?? { text: '', from: 0 }
    const group = firstGroup(text, from)
    if (group === undefined) finished.push(text)
    else
      for (const option of group.options.toReversed())
        waiting.push({ text: `${text.slice(0, group.start)}${option}${text.slice(group.end)}`, from: group.start })
  }
  return finished
}

interface Group {
  readonly start: number
  readonly end: number
  readonly options: readonly string[]
}

const firstGroup = (text: string, from: number): Group | undefined => {
  for (let start = text.indexOf('{', from); start >= 0; start = text.indexOf('{', start + 1)) {
    const group = groupAt(text, start)
    if (group !== undefined) return group
  }
  return undefined
}

const groupAt = (text: string, start: number): Group | undefined => {
  const options: string[] = []
  let depth = 0
  let begin = start + 1
  for (let at = start; at < text.length; at++) {
    const one = text[at]
    if (one === '{') depth++
    else if (one === ',' && depth === 1) {
      options.push(text.slice(begin, at))
      begin = at + 1
    } else if (one === '}' && --depth === 0) {
      return options.length === 0 ? undefined : { start, end: at + 1, options: [...options, text.slice(begin, at)] }
    }
  }
  return undefined
}
