import { keepable } from '../../content/kept-values.ts'
import { STORY_VERBS, type Story } from '../../content/story.ts'

/** The names of the built-in verbs that a story has content for. Kept, since looking for it would read all of the story. */
export const verbsWithContent = keepable('filledVerbs', (story): string[] =>
  STORY_VERBS.filter(name => hasContentFor(story, name)),
)

function hasContentFor(story: Story, verb: string): boolean {
  if (verb === 'summary' || verb === 'background') return story.sections.some(({ name }) => name === verb)
  if (verb === 'timeline' || verb === 'latest') return story.timeline.length > 0
  if (verb === 'quotes' || verb === 'facts' || verb === 'sources') return story[verb].length > 0
  if (verb === 'next') return story.coming.length > 0 || story.next !== undefined
  return verb !== 'who' || story.people.length > 0
}
