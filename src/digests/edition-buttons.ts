import type { Button } from '../chat/reply.ts'
import { localDate } from '../dates/dates.ts'
import { phrases } from '../phrases/phrases.ts'
import type { DrawContext } from './draw-context.ts'
import { countMore, leadOf, type Selection } from './selection.ts'

/** The buttons of an edition: what changed, the summary of the story that it begins with, and its settings. */
export function editionButtons(selection: Selection, context: DrawContext): Button[] {
  const { digest, body, thread, newsFrom } = selection
  const { commandLines } = context
  const first = leadOf(selection)?.story ?? body.stories[0]?.story
  const story = first === undefined ? undefined : context.story(first)
  const { summary, whatChanged, changeOrStop } = phrases.edition.button
  const settings = { label: changeOrStop, line: commandLines.settings(digest) }
  if (!story) return [settings]
  const bodies = [body, ...(thread ? [thread] : [])]
  const hasSeveral = bodies.some(({ stories, rest }) => rest || stories.some(({ story }) => story !== first))
  const own = bodies.flatMap(({ stories }) =>
    stories.flatMap(({ story, told }) => (story === first ? told : [])),
  )
  const changes = countMore(own).asks.find(({ since }) => since !== undefined)
  const changesLine =
    newsFrom === undefined
      ? undefined
      : hasSeveral
        ? commandLines.changes(localDate(newsFrom, selection.zone))
        : changes && commandLines.forStory(story, changes.verb, changes.since)
  return [
    ...(changesLine === undefined ? [] : [{ label: whatChanged(undefined), line: changesLine }]),
    {
      label: summary(hasSeveral ? (story.command ?? story.slug) : undefined),
      line: commandLines.forStory(story, 'summary'),
    },
    settings,
  ]
}
