import { list, note, type Reply, refusal } from '../../chat/reply.ts'
import type { Feed } from '../../content/feed.ts'
import { fold } from '../../content/fold.ts'
import { readableMoment } from '../../dates/dates.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { FeedState } from '../../store/wire/feeds.ts'
import type { DeskRequest } from '../context.ts'
import { type PageUnit, plainUnit, renderPage } from '../pages.ts'
import { refuseUnknown } from '../refusals.ts'
import { itemFates } from './item-fates.ts'

/** How many of its last reports are shown of a feed. */
const LAST_ITEMS = 10

/** `/desk feeds [name]`: whether feeds and senders are well, or what became of the last reports of one. */
export async function deskFeeds(request: DeskRequest): Promise<Reply> {
  const { context, desk, args, call } = request
  const feeds = context.wire?.().feeds ?? []
  const { senders = [] } = desk
  const typed = fold(args.join(' ').trim())
  if (typed === '') return listFeeds(request, feeds, senders)
  const feed = feeds.find(({ name }) => name === typed)
  const via = feed ? (`feed:${typed}` as const) : (`hook:${typed}` as const)
  if (!feed && !senders.includes(typed))
    return refuseUnknown(call, typed, {
      known: [feeds.map(({ name }) => name), senders],
      lineOf: name => `/desk feeds ${name}`,
      help: '/desk feeds',
    })
  const items = await desk.store.wire.items.ofVia(via, LAST_ITEMS)
  const units = (await itemFates(request, items)).map(fate => plainUnit(list([fate])))
  const states = feed ? await desk.store.wire.feeds.states([typed]) : new Map<string, FeedState>()
  const head = feed ? [plainUnit(list([feedLine(request, feed, states.get(typed))]))] : []
  const title = phrases.deskFeeds.titleOf(typed, items.length)
  return page(request, title, [...head, ...units], `/desk feeds ${typed}`)
}

async function listFeeds(request: DeskRequest, feeds: Feed[], senders: string[]): Promise<Reply> {
  const { wire } = request.desk.store
  if (feeds.length + senders.length === 0) return refusal([phrases.deskFeeds.none])
  const states = await wire.feeds.states(feeds.map(({ name }) => name))
  const format = momentsOf(request)
  const lastCalls = await Promise.all(senders.map(name => wire.lastCall(`hook:${name}`)))
  // What is wrong comes first.
  const ordered = feeds.toSorted((a, b) => trouble(states.get(b.name)) - trouble(states.get(a.name)))
  const lines = [
    ...ordered.map(feed => feedLine(request, feed, states.get(feed.name))),
    ...senders.map((name, at) => {
      const last = lastCalls[at]
      return phrases.deskFeeds.sender(name, last === undefined ? undefined : format(last))
    }),
  ]
  const first = ordered[0]?.name ?? senders[0]!
  const units = [
    ...lines.map(line => plainUnit(list([line]))),
    plainUnit(note(...phrases.deskFeeds.how(`/desk feeds ${first}`))),
  ]
  return page(request, phrases.deskFeeds.title(feeds.length, senders.length), units, '/desk feeds')
}

const trouble = (state: FeedState | undefined) => (state?.isGone ? 1_000_000 : (state?.failures ?? 0))

function feedLine(request: DeskRequest, { name, outlet }: Feed, state: FeedState | undefined) {
  const format = momentsOf(request)
  const at = (moment: number | undefined) => (moment === undefined ? undefined : format(moment))
  const { reachedAt, newItemAt, failures = 0, failure, isGone = false, movedTo, nextPollAt } = state ?? {}
  const next = nextPollAt === undefined || nextPollAt <= request.call.at ? undefined : format(nextPollAt)
  return phrases.deskFeeds.feed({
    ...{ name, outlet, isGone, movedTo },
    reached: at(reachedAt),
    newItem: at(newItemAt),
    next: next ?? phrases.deskFeeds.nextIsNow,
    ...(failures > 0 && { failing: { times: failures, reason: failure } }),
  })
}

const momentsOf =
  ({ context: { zone }, call }: DeskRequest) =>
  (at: number) =>
    readableMoment(at, zone, call.at)

const page = ({ flags }: DeskRequest, title: string, units: PageUnit[], line: string): Reply => ({
  ...renderPage(undefined, { title }, units, { page: flags.page, line }),
  parts: [],
  guide: true,
})
