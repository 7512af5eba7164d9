import { MAX_BUTTONS, note, type Reply, refusal, text } from '../../chat/reply.ts'
import { type Digest, isAtOnce } from '../../content/digest.ts'
import { isZone, localDate } from '../../dates/dates.ts'
import { markChangedSentences } from '../../delivery/editions/changed-sentences.ts'
import { readEditionItems } from '../../delivery/items/edition-items.ts'
import { readNews } from '../../delivery/read-news.ts'
import { wantedNews } from '../../delivery/wanted-news.ts'
import { drawEdition, selectEdition } from '../../digests/edition.ts'
import { drawItemPost } from '../../digests/items/post.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Subscription } from '../../store/subscriptions.ts'
import { itemsForDigest } from '../../wire/match/digest-items.ts'
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
  const { digests, call, library, flags, context } = request
  const { at, place } = call
  if (isAtOnce(digest)) return previewOfItems(request, digest, { subscription, zone })
  const stories = subscribedStories(library, digest, { stories: subscription?.stories ?? '' })
  const newsFrom = subscription?.newsFrom
  const localZone = subscription && isZone(subscription.zone) ? subscription.zone : (digest.zone ?? zone)
  const commandLines = commandLinesFor(place)
  const revisions = new Map()
  const allNews =
    newsFrom === undefined
      ? []
      : await readNews(digests.store, { stories, newsFrom, newsTo: at, zone: localZone })
  const feeds = context.wire?.().feeds ?? []
  const edition = { digest, stories, place, subscription, now: at }
  const { items } = await readEditionItems(digests.store, edition, feeds)
  const wanted = await wantedNews(digests.store, allNews, { stories, place, words: subscription?.words })
  const news = await markChangedSentences(digests.store, wanted, { stories, newsFrom })
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
    items,
    most: digest.most,
  })
  if (!selection) return nothingNewReply(digest, subscription, request, allNews.length)
  const byId = new Map(items.map(item => [item.id, item]))
  const drawn = drawEdition(selection, {
    ...{ story: library.story, revisions, commandLines },
    item: id => byId.get(id),
  })
  const pages = [drawn, ...(drawn.thread ? [drawn.thread] : [])].map(({ reply }) => reply)
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

/** Shows the newest report as a digest that posts each as it comes would post it. */
function previewOfItems(
  { context, library, call }: DigestRequest,
  digest: Digest,
  { subscription, zone }: { subscription: Subscription | undefined; zone: string },
): Reply {
  const stories = subscribedStories(library, digest, { stories: subscription?.stories ?? '' })
  const view = context.wire?.()
  const own = { digest, stories, words: subscription?.words }
  const [newest] = view ? itemsForDigest(view.items, own, view.feeds) : []
  if (!newest) return refusal([phrases.digest.noReportYet(digest.title)])
  const post = {
    ...{ version: 1 as const, digest: digest.name, title: digest.title, at: call.at, items: [newest.id] },
    zone: subscription && isZone(subscription.zone) ? subscription.zone : (digest.zone ?? zone),
  }
  const drawing = { item: view!.item, story: library.story, commandLines: commandLinesFor(call.place) }
  return {
    ...drawItemPost(post, drawing),
    title: phrases.digest.previewOf(undefined),
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
