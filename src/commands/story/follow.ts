import { type Reply, refusal } from '../../chat/reply.ts'
import type { Story } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { DigestAsk, Newsroom, StoryAsk } from '../context.ts'
import { change, situation } from '../digest/change.ts'
import { nameProblem } from '../digest/problems.ts'
import { atDesk } from '../digest/run.ts'
import { storiesIn } from '../digest/setting.ts'
import { taken } from '../digest/subscribe.ts'
import { digestWords } from '../digest/words.ts'

/** `/lawsuit follow` and `unfollow`: adds a story to the only digest of a place, or takes it out; with several it asks. */
export function follow(
  newsroom: Newsroom,
  { story, args, flags, call, again }: StoryAsk,
  add: boolean,
): Reply | Promise<Reply> {
  return atDesk(newsroom, call, { head: again, args, flags }, ask => followed(ask, story, add))
}

async function followed(ask: DigestAsk, story: Story, add: boolean): Promise<Reply> {
  const { library } = ask
  const words = digestWords(ask.args, library)
  const problem = nameProblem(ask, words)
  if (problem) return problem
  const now = await situation(ask)
  if (now.refused) return now.refused
  const found = taken(ask, words, now.here)
  if ('refused' in found) return found.refused
  const { digest, one } = found
  const slugs = storiesIn(library, digest, one).map(({ slug }) => slug)
  if (slugs.includes(story.slug) === add)
    return refusal((add ? phrases.digest.alreadyIn : phrases.digest.notIn)(story.title, digest.title))
  const next = add ? [...slugs, story.slug] : slugs.filter(slug => slug !== story.slug)
  if (next.length === 0) return refusal(phrases.digest.onlyStory(digest.title, `/digest off ${digest.name}`))
  const own = storiesIn(library, digest, { stories: '' }).map(({ slug }) => slug)
  // The digest's own stories again: then those that come to it later come here, too.
  const stories = next.length === own.length && next.every(slug => own.includes(slug)) ? '' : next.join(',')
  return change(ask, digest, { stories }, now)
}
