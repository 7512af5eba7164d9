import { MAX_BUTTONS, note, type Reply, text } from '../../chat/reply.ts'
import type { Digest } from '../../content/digest.ts'
import { isZone, localDate } from '../../dates.ts'
import { drawEdition, selectEdition } from '../../digests/edition.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Subscription } from '../../store/subscriptions.ts'
import type { DigestRequest } from '../context.ts'
import { pageNumber } from '../pages.ts'
import { commandLinesFor } from './command-lines.ts'
import { settingMoment, subscribedStories } from './setting.ts'

/** The edition as it would be now: selected and drawn like any other, shown to whoever asks, and counted nowhere. */
export async function digestPreview(
  ask: DigestRequest,
  digest: Digest,
  { one, zone }: { one?: Subscription | undefined; zone: string },
): Promise<Reply> {
  const { digests, call, library, flags } = ask
  const { at, place } = call
  const revisions = new Map(
    (await digests.store.revisions.allLatest()).map(revision => [revision.part, revision]),
  )
  const local = one && isZone(one.zone) ? one.zone : (digest.zone ?? zone)
  const commandLines = commandLinesFor(place)
  const selection = selectEdition({
    digest,
    stories: subscribedStories(library, digest, { stories: one?.stories ?? '' }),
    ...{ revisions, commandLines, zone: local, slot: at, date: localDate(at, local), now: at, newsTo: at },
    ...(one?.newsFrom !== undefined && { newsFrom: one.newsFrom }),
    quiet: one?.quiet ?? digest.quiet,
    ...(one?.state === 'on' && { next: one.nextSlot }),
  })
  if (!selection) return nothingNewReply(digest, one, ask)
  const drawn = drawEdition(selection, { story: library.story, revisions, commandLines })
  const pages = [drawn, ...(drawn.thread ? [drawn.thread] : [])].map(({ reply }) => reply)
  const again = `${ask.commandLine} ${digest.name}`
  const page = pageNumber({ page: flags.page, line: again }, pages.length)
  if (typeof page !== 'number') return page
  const reply = pages[page - 1]!
  const rest =
    pages.length > page ? [{ label: phrases.digest.button.replyBelow, line: `${again} --page 2` }] : []
  return {
    ...reply,
    // In its title, since what is full has room for no more.
    title: phrases.digest.previewOf(reply.title),
    buttons: [...rest, ...(reply.buttons ?? [])].slice(0, MAX_BUTTONS),
    guide: true,
  }
}

function nothingNewReply(digest: Digest, one: Subscription | undefined, { call }: DigestRequest): Reply {
  const since = one?.newsFrom === undefined ? undefined : settingMoment(one, one.newsFrom, call.at)
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
