/** Without any of the characters at both ends. A regular expression that asks for the end would start again at each of them. */
export const trimCharacters = (text: string, characters: string): string => {
  let start = 0
  while (start < text.length && characters.includes(text.charAt(start))) start += 1
  return trimEndOf(text.slice(start), characters)
}

/** Without any of them at the end. */
export const trimEndOf = (text: string, characters: string): string => {
  let end = text.length
  while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}
