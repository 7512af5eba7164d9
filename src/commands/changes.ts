import type { Story } from '../content/story.ts'
import { addDays, dayOf, readable, sinceDay } from '../dates.ts'
import type { Call } from '../platform.ts'
import { type Inline, type Reply, refusal, text } from '../reply.ts'
import { type Newsroom, type StoryAsk, zoneOf } from './ask.ts'
import { labelOf, shortLabel } from './label.ts'
import { paged, type Unit } from './pages.ts'

type Change = { story: Story; on: string; part: string; text: Inline[]; sources: number[] }

/** `/lawsuit changes`: corrections and later entries of one story, all of them unless a day is given. */
export function storyChanges(ask: StoryAsk): Reply {
  const since = sinceOf(ask.flags.since, ask.call, ask.zone)
  if (since === undefined) return badDate()
  const changes = changesOf(ask.story).filter(change => change.on >= since)
  const again = typeof ask.flags.since === 'string' ? `${ask.again} --since ${since}` : ask.again
  if (changes.length > 0) {
    const frame = { label: labelOf(ask.story), title: `Changes to our text · ${ask.story.title}` }
    return paged(
      ask.story,
      frame,
      changes.map(change => unit(change, [])),
      { page: ask.flags.page, line: again },
    )
  }
  const title = `Changes to our text · ${ask.story.title}`
  const nothing = 'No corrections, and nothing entered later.'
  const only = {
    block: { kind: 'text', text: [nothing] },
    sources: [],
    part: `${ask.story.slug}/label`,
  } satisfies Unit
  return paged(ask.story, { label: labelOf(ask.story), title }, [only], { page: undefined, line: again })
}

/** `/nutgraf changes [--since date]`: corrections and dated entries of all stories, the last seven days unless said otherwise. */
export function changes(newsroom: Newsroom, flags: StoryAsk['flags'], call: Call): Reply {
  const zone = zoneOf(call, newsroom)
  const since =
    flags.since === undefined ? addDays(dayOf(call.at, zone), -7) : sinceOf(flags.since, call, zone)
  if (since === undefined) return badDate()
  const found = newsroom
    .library()
    .stories.flatMap(story => [...changesOf(story), ...eventsOf(story)])
    .filter(change => change.on >= since)
    .sort((a, b) => (a.on < b.on ? -1 : 1))
  const story = found[0]?.story
  if (!story) {
    const last = newsroom
      .library()
      .stories.flatMap(one => [...changesOf(one), ...eventsOf(one)])
      .map(change => change.on)
      .sort()
      .at(-1)
    const hint: Inline[] = last
      ? [` The last entry is of ${readable(last)}: `, { code: `/nutgraf changes --since ${last}` }]
      : []
    return {
      blocks: [text(`Nothing changed since ${readable(since)}.`, ...hint)],
      parts: [],
      audience: 'caller',
    }
  }
  const units = found.map(change =>
    unit(change, [{ bold: change.story.title }, ` (${shortLabel(change.story)}) `]),
  )
  const label = labelOf(story, { lead: `changes since ${readable(since)}` })
  const several = found.some(change => change.story !== story)
  const frame = {
    label: several
      ? {
          state: story.state,
          line: `CHANGES SINCE ${readable(since).toUpperCase()} · dates stand with each story`,
        }
      : label,
  }
  return paged(
    story,
    frame,
    units.map(one => ({ ...one, sources: [] })),
    { page: flags.page, line: `/nutgraf changes --since ${since}` },
  )
}

function changesOf(story: Story): Change[] {
  const corrections = story.corrections.map((correction): Change => {
    const { on, part, was, now, why } = correction
    return {
      story,
      on,
      part,
      text: [{ bold: 'CORRECTED' }, ` · was: ${was} · now: ${now} · why: ${why}`],
      sources: [],
    }
  })
  const added = story.timeline.flatMap((event): Change[] => {
    if (event.added === undefined) return []
    const entry: Inline[] = [{ bold: 'ADDED' }, ` · event of ${readable(event.date)} · `, ...event.text]
    return [{ story, on: event.added, part: `event:${event.id}`, text: entry, sources: event.sources }]
  })
  return [...corrections, ...added].sort((a, b) => (a.on < b.on ? -1 : 1))
}

const eventsOf = (story: Story): Change[] =>
  story.timeline.map(event => ({
    story,
    on: event.date,
    part: `event:${event.id}`,
    text: [{ bold: 'EVENT' }, ' · ', ...event.text],
    sources: event.sources,
  }))

const unit = (change: Change, before: Inline[]): Unit => ({
  block: { kind: 'list', items: [[...before, { bold: readable(change.on) }, ' · ', ...change.text]] },
  sources: change.sources,
  part: `${change.story.slug}/${change.part}`,
})

function sinceOf(typed: string | true | undefined, call: Call, zone: string): string | undefined {
  if (typed === undefined) return '0000-01-01'
  return typed === true ? undefined : sinceDay(typed, call.at, zone)
}

const badDate = () =>
  refusal([
    'I can’t read that date. Try ',
    { code: '--since 7d' },
    ', ',
    { code: '--since monday' },
    ' or ',
    { code: '--since 2018-04-19' },
    '.',
  ])
