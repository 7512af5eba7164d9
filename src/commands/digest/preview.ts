import { MOST_ACTIONS, note, type Reply, text } from '../../chat/reply.ts'
import type { Digest } from '../../content/digest.ts'
import { dayOf, isZone } from '../../dates.ts'
import { draw, select } from '../../digests/edition.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Subscription } from '../../store/subscriptions.ts'
import type { DigestAsk } from '../context.ts'
import { pageNumber } from '../pages.ts'
import { linesAt } from './command-lines.ts'
import { momentIn, storiesIn } from './setting.ts'

/** The edition as it would be now: selected and drawn like any other, shown to whoever asks, and counted nowhere. */
export async function digestPreview(
  ask: DigestAsk,
  digest: Digest,
  { one, zone }: { one?: Subscription | undefined; zone: string },
): Promise<Reply> {
  const { desk, call, library, flags } = ask
  const { at, place } = call
  const revisions = new Map((await desk.store.revisions()).map(revision => [revision.part, revision]))
  const local = one && isZone(one.zone) ? one.zone : (digest.zone ?? zone)
  const lines = linesAt(place)
  const selection = select({
    digest,
    stories: storiesIn(library, digest, { stories: one?.stories ?? '' }),
    ...{ revisions, lines, zone: local, slot: at, date: dayOf(at, local), now: at, newsTo: at },
    ...(one?.newsFrom !== undefined && { newsFrom: one.newsFrom }),
    quiet: one?.quiet ?? digest.quiet,
    ...(one?.state === 'on' && { next: one.nextSlot }),
  })
  if (!selection) return nothing(digest, one, ask)
  const drawn = draw(selection, { story: library.story, revisions, lines })
  const pages = [drawn, ...(drawn.thread ? [drawn.thread] : [])].map(({ reply }) => reply)
  const again = `${ask.head} ${digest.name}`
  const page = pageNumber({ page: flags.page, line: again }, pages.length)
  if (typeof page !== 'number') return page
  const reply = pages[page - 1]!
  const rest =
    pages.length > page ? [{ label: phrases.digest.button.replyBelow, line: `${again} --page 2` }] : []
  return {
    ...reply,
    // In its title, since what is full has room for no more.
    title: phrases.digest.previewOf(reply.title),
    actions: [...rest, ...(reply.actions ?? [])].slice(0, MOST_ACTIONS),
    guide: true,
  }
}

function nothing(digest: Digest, one: Subscription | undefined, { call }: DigestAsk): Reply {
  const since = one?.newsFrom === undefined ? undefined : momentIn(one, one.newsFrom, call.at)
  const quiet = phrases.digest.quietDays[one?.quiet ?? digest.quiet]
  return {
    blocks: [
      text(...phrases.digest.nothingNew(digest.title, since)),
      note(`${quiet} · `, ...phrases.digest.changeQuiet(`/digest quiet note ${digest.name}`)),
    ],
    parts: [],
    audience: 'caller',
  }
}
