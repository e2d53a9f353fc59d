const date = /^(\d{4})-(\d{2})-(\d{2})$/
const moment = /^(\d{4}-\d{2}-\d{2})[Tt ]([01]\d|2[0-3]):\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/

/** A day of the calendar, `2026-01-31`; JavaScript takes 31 February for a day in March. */
export function isDate(text: string): boolean {
  const [, year, month, day] = date.exec(text) ?? []
  if (year === undefined) return false
  const read = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return read.getUTCMonth() === Number(month) - 1 && read.getUTCDate() === Number(day)
}

/** A moment as RFC 3339 writes it, `2026-01-31T12:00:00Z`, on a day of the calendar. */
export function isMoment(text: string): boolean {
  const day = moment.exec(text)?.[1]
  return day !== undefined && isDate(day) && !Number.isNaN(Date.parse(text))
}
