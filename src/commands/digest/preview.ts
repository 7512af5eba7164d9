import { MAX_BUTTONS, note, type Reply, text } from '../../chat/reply.ts'
import type { Digest } from '../../content/digest.ts'
import { isZone, localDate } from '../../dates/dates.ts'
import { readNews } from '../../delivery/read-news.ts'
import { wantedNews } from '../../delivery/wanted-news.ts'
import { drawEdition, selectEdition } from '../../digests/edition.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Subscription } from '../../store/subscriptions.ts'
import type { DigestRequest } from '../context.ts'
import { pageNumber } from '../pages.ts'
import { commandLinesFor } from './command-lines.ts'
import { settingMoment, subscribedStories } from './setting.ts'

/** Shows the caller the edition as it would be posted now: selected and drawn like any other, but not stored. */
export async function digestPreview(
  request: DigestRequest,
  digest: Digest,
  { subscription, zone }: { subscription: Subscription | undefined; zone: string },
): Promise<Reply> {
  const { digests, call, library, flags } = request
  const { at, place } = call
  const stories = subscribedStories(library, digest, { stories: subscription?.stories ?? '' })
  const newsFrom = subscription?.newsFrom
  const localZone = subscription && isZone(subscription.zone) ? subscription.zone : (digest.zone ?? zone)
  const commandLines = commandLinesFor(place)
  const revisions = new Map()
  const allNews =
    newsFrom === undefined
      ? []
      : await readNews(digests.store, { stories, newsFrom, newsTo: at, zone: localZone })
  const news = await wantedNews(digests.store, allNews, { stories, place, words: subscription?.words })
  const selection = selectEdition({
    digest,
    stories,
    revisions,
    news,
    leftOut: allNews.length - news.length,
    commandLines,
    zone: localZone,
    slot: at,
    date: localDate(at, localZone),
    now: at,
    newsFrom,
    newsTo: at,
    quiet: subscription?.quiet ?? digest.quiet,
    next: subscription?.state === 'on' ? subscription.nextSlot : undefined,
  })
  if (!selection) return nothingNewReply(digest, subscription, request, allNews.length)
  const edition = drawEdition(selection, { story: library.story, revisions, commandLines })
  const pages = [edition, ...(edition.thread ? [edition.thread] : [])].map(({ reply }) => reply)
  const line = `${request.commandLine} ${digest.name}`
  const page = pageNumber({ page: flags.page, line }, pages.length)
  if (typeof page !== 'number') return page
  const reply = pages[page - 1]!
  const threadButtons =
    pages.length > page ? [{ label: phrases.digest.button.replyBelow, line: `${line} --page 2` }] : []
  return {
    ...reply,
    // The word “Preview” goes into the title, since a full edition has no room for another block.
    title: phrases.digest.previewOf(reply.title),
    buttons: [...threadButtons, ...(reply.buttons ?? [])].slice(0, MAX_BUTTONS),
    guide: true,
  }
}

function nothingNewReply(
  digest: Digest,
  subscription: Subscription | undefined,
  { call }: DigestRequest,
  leftOut: number,
): Reply {
  const since =
    subscription?.newsFrom === undefined
      ? undefined
      : settingMoment(subscription, subscription.newsFrom, call.at)
  const quiet = phrases.digest.quietDays[subscription?.quiet ?? digest.quiet]
  return {
    blocks: [
      text(...phrases.digest.nothingNew(digest.title, since)),
      ...(leftOut > 0 ? [note(phrases.digestWords.leftOut(leftOut, subscription?.words ?? ''))] : []),
      note(`${quiet} · `, ...phrases.digest.changeQuiet(`/digest quiet note ${digest.name}`)),
    ],
    parts: [],
    audience: 'caller',
  }
}
