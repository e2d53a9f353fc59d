/** Characters of what an error quotes at most: enough for any name that is one, and none of the megabytes that a body may hold instead. */
const longest = 1_000

/** A text for an error, its end left out where it quotes more than anybody reads. */
export const shortText = (text: string): string =>
  text.length <= longest ? text : `${text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')}… (${text.length - longest} more characters)`
