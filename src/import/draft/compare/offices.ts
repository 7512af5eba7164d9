import { tokens } from '../../../content/fold.ts'
import type { Person, Story } from '../../../content/story.ts'
import { readableDate } from '../../../dates/dates.ts'
import { newsDates } from '../../../dates/news-dates.ts'
import { firstDayOf, lastDayOf } from '../../../dates/rough-dates.ts'
import { phrases } from '../../../phrases/phrases.ts'
import type { ProposedEntry, ReportLine } from '../draft.ts'
import { personCalled } from '../known-people.ts'

/** Words of a role that tell no office from another, or that say that it is not held any more. */
const NO_OFFICE = new Set('the of a an for in on to at and then us u.s time chief'.split(' '))
/** A role that says itself that it is not held now. */
const NOT_NOW =
  /\b(?:former|formerly|ex|outgoing|incoming|designate|elect|nominee|late|retired|past|future)\b/i

/**
 * Roles that people cannot have had on a day, by what our stories know of them: the same office outside of its dates, or
 * another one while they held that. Dates are those of the entry in people.yml, else those that its role names.
 */
export function officeProblems(
  entries: ProposedEntry[],
  { stories, day }: { stories: readonly Story[]; day: string | undefined },
): ReportLine[] {
  const told = new Set<string>()
  return entries.flatMap((entry): ReportLine[] => {
    const { id, values } = entry
    const [name, role] = [String(values.speaker ?? values.name ?? ''), String(values.role ?? '')]
    const on = typeof values.saidOn === 'string' && values.saidOn !== 'not given' ? values.saidOn : day
    if (on === undefined || role === '' || NOT_NOW.test(role)) return []
    const known = stories
      .map(story => personCalled(name, story))
      .find(person => person && doubtOf(person, role, on) !== undefined)
    if (!known || told.has(`${entry.file} ${name}`)) return []
    told.add(`${entry.file} ${name}`)
    const text = phrases.draftReport.office(name, role, ownRole(known), readableDate(on))
    return [{ kind: 'office', severity: doubtOf(known, role, on)!, text, entry: id }]
  })
}

/**
 * How doubtful a role is: certainly, if it is the known office outside of its dates; worth a look, if it is another one
 * while that was held.
 */
function doubtOf(person: Person, role: string, on: string): 'error' | 'look' | undefined {
  const dates = datesOf(person)
  if (dates.first === undefined && dates.last === undefined) return undefined
  const isHeld = (dates.first ?? on) <= on && on <= (dates.last ?? on)
  if (isSameOffice(role, person.role)) return isHeld ? undefined : 'error'
  const shares = [...officeWords(role)].some(word => officeWords(person.role).has(word))
  return isHeld && !shares ? 'look' : undefined
}

/** The role of a person, with its dates if it does not name them itself. */
function ownRole({ role, from, until }: Person): string {
  const days = [from && `from ${readableDate(from)}`, until && `until ${readableDate(until)}`].filter(Boolean)
  return days.length === 0 ? role : `${role} (${days.join(', ')})`
}

/** Whether two roles are the same office: one has all words of the other that tell it from others. */
function isSameOffice(role: string, known: string): boolean {
  const [a, b] = [officeWords(role), officeWords(known)]
  if (a.size === 0 || b.size === 0) return false
  const [few, many] = a.size < b.size ? [a, b] : [b, a]
  return [...few].every(word => many.has(word))
}

const officeWords = (role: string) =>
  new Set(tokens(withoutDates(role)).filter(word => !NO_OFFICE.has(word) && !/^\d+$/.test(word)))

const DATE = String.raw`\d{1,2} \p{L}{3,9}\.? \d{4}|\p{L}{3,9}\.? \d{4}|\d{4}`
const SINCE_UNTIL = new RegExp(
  String.raw`,?\s*\(?(?:(?<from>${DATE})\s*(?:to|until|–|-)\s*(?<until>${DATE})|(?:from|since)\s+(?<since>${DATE})|until\s+(?<end>${DATE})|in\s+(?<in>\d{4}))\)?`,
  'u',
)

const withoutDates = (role: string) => role.replace(SINCE_UNTIL, '')

/** The first and the last day of a person's role, by its entry, else by the role itself. */
function datesOf({ role, from, until }: Person): { first?: string; last?: string } {
  const groups = SINCE_UNTIL.exec(role)?.groups ?? {}
  const first = from ?? dateIn(groups.from ?? groups.since ?? groups.in)
  const last = until ?? dateIn(groups.until ?? groups.end ?? groups.in)
  return { first: first && firstDayOf(first), last: last && lastDayOf(last) }
}

const dateIn = (written: string | undefined): string | undefined =>
  written === undefined
    ? undefined
    : /^\d{4}$/.test(written)
      ? written
      : newsDates(`on ${written}`).find(({ date }) => date)?.date
