import { answer } from './en/answer.ts'
import { asked } from './en/asked.ts'
import { changes } from './en/changes.ts'
import { check } from './en/check.ts'
import { correction } from './en/correction.ts'
import { dates } from './en/dates.ts'
import { desk } from './en/desk.ts'
import { digest } from './en/digest.ts'
import { digestForm } from './en/digestform.ts'
import { digestStatus } from './en/digeststatus.ts'
import { discord } from './en/discord.ts'
import { edition } from './en/edition.ts'
import { find } from './en/find.ts'
import { flags } from './en/flags.ts'
import { help } from './en/help.ts'
import { label } from './en/label.ts'
import { notices } from './en/notices.ts'
import { overview } from './en/overview.ts'
import { pages } from './en/pages.ts'
import { picture } from './en/picture.ts'
import { publish } from './en/publish.ts'
import { quote } from './en/quote.ts'
import { report } from './en/report.ts'
import { slack } from './en/slack.ts'
import { sources } from './en/sources.ts'
import { story } from './en/story.ts'
import { suggest } from './en/suggest.ts'
import { timeline } from './en/timeline.ts'
import { unquoted } from './en/unquoted.ts'

/** The English words, one area a file. */
export const en = {
  publish,
  correction,
  desk,
  report,
  asked,
  slack,
  discord,
  answer,
  flags,
  quote,
  timeline,
  picture,
  dates,
  digest,
  digestForm,
  digestStatus,
  edition,
  notices,
  changes,
  check,
  find,
  help,
  label,
  overview,
  pages,
  sources,
  story,
  suggest,
  unquoted,
}
