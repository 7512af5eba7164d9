import { answer } from './answer.ts'
import { approval } from './approval.ts'
import { cards } from './cards.ts'
import { changes } from './changes.ts'
import { coming } from './coming.ts'
import { correction } from './correction.ts'
import { dates } from './dates.ts'
import { desk } from './desk.ts'
import { deskFeeds } from './desk-feeds.ts'
import { deskWaits } from './desk-waits.ts'
import { digest } from './digest.ts'
import { digestForm } from './digest-form.ts'
import { digestStatus } from './digest-status.ts'
import { digestWords } from './digest-words.ts'
import { discord } from './discord.ts'
import { draftReport } from './draft-report.ts'
import { drafts } from './drafts/drafts.ts'
import { draftPieces } from './drafts/pieces.ts'
import { draftStory } from './drafts/story.ts'
import { edition } from './edition.ts'
import { everyPlatform } from './every-platform.ts'
import { feedTrouble } from './feed-trouble.ts'
import { feedsOut } from './feeds-out.ts'
import { find } from './find.ts'
import { flags } from './flags.ts'
import { help } from './help.ts'
import { label } from './label.ts'
import { notices } from './notices.ts'
import { overview } from './overview.ts'
import { pages } from './pages.ts'
import { picture } from './picture.ts'
import { plain } from './plain.ts'
import { publish } from './publish.ts'
import { quote } from './quote.ts'
import { quoteCheck } from './quote-check.ts'
import { replay } from './replay.ts'
import { report } from './report.ts'
import { secondMessage } from './second-message.ts'
import { slack } from './slack.ts'
import { sources } from './sources.ts'
import { story } from './story.ts'
import { suggest } from './suggest.ts'
import { timeline } from './timeline.ts'
import { unquoted } from './unquoted.ts'
import { webhook } from './webhook.ts'
import { wire } from './wire.ts'

/** The English catalogue, one area per file. */
export const en = {
  publish,
  coming,
  approval,
  cards,
  correction,
  desk,
  deskFeeds,
  deskWaits,
  draftReport,
  drafts,
  draftPieces,
  draftStory,
  report,
  everyPlatform,
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
  digestWords,
  edition,
  notices,
  changes,
  quoteCheck,
  feedTrouble,
  feedsOut,
  find,
  help,
  label,
  overview,
  pages,
  plain,
  replay,
  sources,
  story,
  suggest,
  unquoted,
  wire,
  webhook,
  secondMessage,
}
