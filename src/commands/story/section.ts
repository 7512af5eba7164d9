import { note, notFoundRefusal, type Reply, text } from '../../chat/reply.ts'
import type { Section, Story } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { StoryRequest } from '../context.ts'
import { eventPart, labelOf, labelPart, sectionPart } from '../label.ts'
import { type PageUnit, renderPage } from '../pages.ts'
import { eventText } from './event-items.ts'
import { nextUnits, undatedUnits } from './next.ts'
import { verbsWithContent } from './verbs-with-content.ts'

/** Answers with a section of story.md; the summary has buttons to the sources and the timeline. */
export function sectionReply(request: StoryRequest, name: string): Reply {
  const { story, storyPrefix, flags, commandLine } = request
  const section = story.sections.find(candidate => candidate.name === name)
  if (!section) return notFoundRefusal(phrases.story.noSection(name, `${storyPrefix} help`))
  const isSummary = name === 'summary'
  const frame = {
    label: labelOf(story),
    title: isSummary ? story.title : `${section.title} · ${story.title}`,
    buttons: isSummary ? summaryButtons(request) : undefined,
  }
  return renderPage(story, frame, sectionUnits(story, section), { page: flags.page, line: commandLine })
}

const summaryButtons = ({ story, storyPrefix }: StoryRequest) =>
  (['sources', 'timeline'] as const)
    .filter(verb => verbsWithContent(story).includes(verb))
    .map(verb => ({ label: phrases.story.button[verb], line: `${storyPrefix} ${verb}` }))

const sectionUnits = (story: Story, section: Section): PageUnit[] =>
  section.body.map(cited => ({ ...cited, part: sectionPart(story, section) }))

/**
 * `status`: how the story stands, in the editors' words or those of its dek, with its last event and what comes next.
 */
export function storyStatus(request: StoryRequest): Reply {
  const { story } = request
  const section = story.sections.find(({ name }) => name === 'status')
  const lastEvent = story.timeline.at(-1)
  const part = labelPart(story)
  const units: PageUnit[] = section
    ? sectionUnits(story, section)
    : [{ block: text(story.dek), sources: [], part }]
  if (lastEvent) {
    units.push({
      block: text(...phrases.story.lastChange(eventText(lastEvent))),
      sources: lastEvent.sources,
      part: eventPart(story, lastEvent),
    })
  }
  const coming = nextUnits(request)
  units.push(...coming, ...undatedUnits(story, coming.length > 0))
  if (story.archive) units.push({ block: note(story.archive), sources: [], part })
  const frame = { label: labelOf(story), title: phrases.story.title.status(story.title) }
  return renderPage(story, frame, units, { page: request.flags.page, line: request.commandLine })
}
