import { type Reply, refusal } from '../../chat/reply.ts'
import type { Story } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { CommandContext, DigestRequest, StoryRequest } from '../context.ts'
import { changeSubscription, loadChangeContext } from '../digest/change.ts'
import { nameProblem } from '../digest/problems.ts'
import { runInDigestContext } from '../digest/run.ts'
import { subscribedStories } from '../digest/setting.ts'
import { chooseSubscription } from '../digest/subscribe.ts'
import { parseDigestWords } from '../digest/words.ts'

/** `/lawsuit follow` and `unfollow`: adds a story to the only digest of a place, or takes it out; with several it asks. */
export function follow(
  newsroom: CommandContext,
  { story, args, flags, call, commandLine }: StoryRequest,
  add: boolean,
): Reply | Promise<Reply> {
  return runInDigestContext(newsroom, call, { commandLine, args, flags }, ask => setFollowed(ask, story, add))
}

async function setFollowed(ask: DigestRequest, story: Story, add: boolean): Promise<Reply> {
  const { library } = ask
  const words = parseDigestWords(ask.args, library)
  const problem = nameProblem(ask, words)
  if (problem) return problem
  const now = await loadChangeContext(ask)
  if (now.refused) return now.refused
  const found = chooseSubscription(ask, words, now.subscriptions)
  if ('refused' in found) return found.refused
  const { digest, one } = found
  const slugs = subscribedStories(library, digest, one).map(({ slug }) => slug)
  if (slugs.includes(story.slug) === add)
    return refusal(
      (add ? phrases.digest.storyAlreadyIn : phrases.digest.storyNotIn)(story.title, digest.title),
    )
  const next = add ? [...slugs, story.slug] : slugs.filter(slug => slug !== story.slug)
  if (next.length === 0) return refusal(phrases.digest.onlyStory(digest.title, `/digest off ${digest.name}`))
  const own = subscribedStories(library, digest, { stories: '' }).map(({ slug }) => slug)
  // The digest's own stories again: then those that come to it later come here, too.
  const stories = next.length === own.length && next.every(slug => own.includes(slug)) ? '' : next.join(',')
  return changeSubscription(ask, digest, { stories }, now)
}
