import { plainInlines } from '../chat/plain-text.ts'
import type { Inline } from '../chat/reply.ts'
import { cautionsOf } from '../content/cautions.ts'
import { keepable } from '../content/kept-values.ts'
import type { CitedBlock, Section, Story } from '../content/story.ts'
import { readableDate } from '../dates/dates.ts'
import { phrases } from '../phrases/phrases.ts'

/** The part that shows the status of a story: its status section, or its label (for the dek) if it has none. */
export const statusPart = keepable('statusPart', story =>
  statusBlock(story) ? `${story.slug}/section:status` : `${story.slug}/label`,
)

/** Where a story stands: the text of its status, or its dek, and the numbers of its sources. */
export function whereItStands(story: Story): { text: Inline[]; sources: number[] } {
  const status = statusBlock(story)
  if (status) return { text: blockText(status.block), sources: status.sources }
  // The dek says in a sentence what the summary says, so it rests on the same sources.
  const summary = story.sections.find(({ name }) => name === 'summary')
  return { text: [story.dek], sources: summary ? firstCited(summary) : [] }
}

/** The first text of a section, and the numbers of its sources; undefined if it has no text. */
export function openingOf(section: Section): { text: Inline[]; sources: number[] } | undefined {
  const opening = section.body.find(hasText)
  return opening && { text: blockText(opening.block), sources: sourcesOf(opening, section) }
}

const statusBlock = (story: Story): CitedBlock | undefined =>
  story.sections.find(section => section.name === 'status')?.body.find(hasText)

const hasText = ({ block }: CitedBlock) => plainInlines(blockText(block)) !== ''

const sourcesOf = ({ sources }: CitedBlock, section: Section) =>
  sources.length > 0 ? sources : section.sources

const firstCited = (section: Section): number[] =>
  section.body.find(({ sources }) => sources.length > 0)?.sources ?? section.sources

function blockText(block: CitedBlock['block']): Inline[] {
  if (block.kind === 'text') return block.text
  return block.kind === 'list'
    ? block.items.flatMap((item, index) => (index > 0 ? [' ', ...item] : item))
    : []
}

/** How many characters of a title or remark are shown: longer ones would leave no room for news. */
const MAX_NAME = 100

/** The name of a story: its title, or its slug if the title is too long. */
export const storyName = ({ title, slug }: Story) => (title.length <= MAX_NAME ? title : slug)

/** A longer title takes more than a line of a phone. */
const LONG_TITLE = 40

/** The name of a story in one line of a phone: of `Chicago v. Sessions: the fight over …`, what stands before the colon. */
export function shortStoryName(story: Story): string {
  const name = storyName(story)
  const [head = ''] = name.split(': ')
  return name.length > LONG_TITLE && head.includes(' ') ? head : name
}

/**
 * The dates a story covers (`covers to 19 Apr 2018`), what was not checked or not lately, and when it was corrected.
 */
export function coverageOf(story: Story): string {
  const { coversTo, notChecked = '' } = story
  const remark = notChecked.length <= MAX_NAME ? notChecked : phrases.edition.notAllChecked
  return [phrases.label.coversTo(readableDate(coversTo)), remark, ...cautionsOf(story)]
    .filter(Boolean)
    .join(' · ')
}

/** The state of a story and the dates it covers: `developing, covers to 19 Apr 2018`. */
export const stateAndDates = (story: Story): string =>
  `${phrases.label.state[story.state]}, ${coverageOf(story)}`
