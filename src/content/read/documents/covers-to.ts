import { firstDayOf, ROUGH_DATE } from '../../../dates/rough-dates.ts'
import { type Document, fileOf } from './document.ts'

/** The line of story.md that says up to which day the story goes, in the front matter at its beginning. */
const COVERS_TO =
  /^(\ufeff?---[ \t]*\r?\n(?:(?!---[ \t]*\r?\n)[^\n]*\n)*?[ \t]*["']?coversTo["']?[ \t]*:[ \t]*["']?)(\d{4}-\d\d-\d\d)/

/**
 * The text of a story.md that goes as far as the events that the desk added: an event is news exactly because it is later
 * than what the story covered until then. A story that goes further already stays as it is.
 */
export function withCoversTo(text: string, documents: readonly Document[]): string {
  const latest = latestEventOf(documents)
  if (latest === undefined) return text
  return text.replace(COVERS_TO, (whole, before: string, day: string) =>
    day < latest ? before + latest : whole,
  )
}

/** The day of the latest event among documents. What is expected or under embargo is not covered yet. */
function latestEventOf(documents: readonly Document[]): string | undefined {
  const days = documents.flatMap(document => {
    if (!document.entry || !fileOf(document).endsWith('/timeline.yml')) return []
    const { date, expected, embargo } = document.entry as Record<string, unknown>
    const isCovered = typeof date === 'string' && ROUGH_DATE.test(date) && expected !== true
    return isCovered && embargo === undefined ? [firstDayOf(date)] : []
  })
  return days.sort().at(-1)
}
