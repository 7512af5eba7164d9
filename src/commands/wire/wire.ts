import type { Call } from '../../chat/platform.ts'
import { notFoundRefusal, type Reply, refusal } from '../../chat/reply.ts'
import { fold, tokens } from '../../content/fold.ts'
import { localDate, parseSince } from '../../dates/dates.ts'
import { labelOfItems } from '../../digests/items/draw.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Item } from '../../store/wire/items.ts'
import { itemText } from '../../wire/match/story-items.ts'
import type { WireView } from '../../wire/view.ts'
import type { Command } from '../command.ts'
import { type CommandContext, callerZone } from '../context.ts'
import { flagProblem } from '../flags.ts'
import { formatLine, type ParsedLine } from '../line.ts'
import { renderPage } from '../pages.ts'
import { safeEcho } from '../refusals.ts'
import { itemUnits } from './item-units.ts'

const COMMAND_LINE = '/nutgraf wire'
/** More lines than this nobody reads in chat; fewer words or a date find the others. */
const MAX_LISTED = 100
/** A longer line has no room in a button, and would be printed. */
const MAX_BUTTON_LINE = 80

/** `/nutgraf wire [words|feed|story] [--since date]`: what other outlets report, the newest first. */
export function wireCommand(newsroom: CommandContext): Command {
  return {
    name: 'wire',
    about: phrases.wire.about,
    reach: 'root',
    argument: { name: 'words', about: phrases.wire.aboutWords, required: false },
    flags: ['since', 'page', 'public'],
    run: (parsed, call) =>
      flagProblem(parsed.flags, COMMAND_LINE, ['since', 'page']) ?? wire(newsroom, parsed, call),
  }
}

/** Some items, what they are, and what to say where there are none. */
type Chosen = {
  items: Item[]
  title(count: number): string
  none(): ReturnType<typeof phrases.wire.nothingOf>
}

function wire(newsroom: CommandContext, { args, flags }: ParsedLine, call: Call): Reply {
  const view = newsroom.wire?.()
  if (!view || (view.items.length === 0 && view.feeds.length === 0)) return refusal([phrases.wire.noFeeds])
  if (view.items.length === 0) return notFoundRefusal([phrases.wire.nothingYet])
  const zone = callerZone(call, newsroom)
  const since = typeof flags.since === 'string' ? parseSince(flags.since, call.at, zone) : undefined
  if (flags.since !== undefined && since === undefined)
    return { ...refusal([phrases.wire.unreadableSince]), unread: true }
  const chosen = choose(newsroom, view, args, call)
  if (chosen.items.length === 0) return notFoundRefusal(chosen.none())
  const items = chosen.items.filter(
    ({ published }) => since === undefined || localDate(published, zone) >= since,
  )
  const words = formatLine({ args, flags: {} })
  const all = `${COMMAND_LINE} ${call.audience === 'caller' ? words : ''}`.trim()
  if (items.length === 0) return notFoundRefusal(phrases.wire.nothingSince(all))
  const listed = items.slice(0, MAX_LISTED)
  // With the date instead of the typed words, so that page 2 of `--since 7d` tomorrow still shows the same days.
  const line = `${COMMAND_LINE} ${formatLine({ args, flags: since === undefined ? {} : { since } })}`.trim()
  const reply = renderPage(
    undefined,
    { label: labelOfItems(listed), title: chosen.title(items.length) },
    itemUnits(listed, { zone, at: call.at }),
    // A message that is drawn again shows what it has shown, and that is on one page.
    { page: view.isPast ? undefined : flags.page, line },
  )
  if (call.audience === 'caller') return reply
  // Others must not see the line: it repeats what was typed. So nobody gets a button whose line would be printed.
  if (reply.refusal) return refusal([phrases.pages.noSuchPage])
  return line.length <= MAX_BUTTON_LINE ? reply : { ...reply, buttons: [] }
}

/** The items of the feed or story that is named, or else those with all of the typed words. */
function choose(newsroom: CommandContext, view: WireView, args: string[], call: Call): Chosen {
  const typed = args.join(' ').trim()
  const { title, titleOf, nothingOf, nothingAbout, nothingFrom } = phrases.wire
  if (typed === '') return { items: view.items, title, none: () => nothingOf(COMMAND_LINE) }
  const feed = view.feeds.find(({ name }) => name === fold(typed))
  const ofFeed = feed ? view.ofFeed(feed.name) : []
  if (feed)
    return {
      items: ofFeed,
      title: count => titleOf(count, feed.outlet),
      none: () => nothingFrom(feed.outlet, COMMAND_LINE),
    }
  const story = newsroom.library().story(typed)
  if (story)
    return {
      items: view.ofStory(story),
      title: count => titleOf(count, story.title),
      none: () => nothingAbout(story.title, COMMAND_LINE),
    }
  return {
    items: itemsWithWords(view, typed),
    title: count => title(count, safeEcho(call, typed)),
    none: () => nothingOf(COMMAND_LINE),
  }
}

/** A shorter word finds only itself: `ice` is no `iceberg`. */
const MIN_BEGINNING = 4

/** The items that have all of some words, the newest first. The beginning of a long word finds it too. */
export function itemsWithWords({ items }: Pick<WireView, 'items'>, typed: string): Item[] {
  const wanted = tokens(typed).map(word => (word.length < MIN_BEGINNING ? ` ${word} ` : ` ${word}`))
  if (wanted.length === 0) return []
  return items.filter(item => {
    const words = itemText(item)
    return wanted.every(word => words.includes(word))
  })
}
