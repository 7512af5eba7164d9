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

/**
 * `/lawsuit follow` and `unfollow`: adds a story to the digest of a place or removes it; with several digests it asks.
 */
export function follow(
  newsroom: CommandContext,
  { story, args, flags, call, commandLine }: StoryRequest,
  add: boolean,
): Reply | Promise<Reply> {
  return runInDigestContext(newsroom, call, { commandLine, args, flags }, request =>
    setFollowed(request, story, add),
  )
}

async function setFollowed(request: DigestRequest, story: Story, add: boolean): Promise<Reply> {
  const { library } = request
  const words = parseDigestWords(request.args, library)
  const problem = nameProblem(request, words)
  if (problem) return problem
  const changeContext = await loadChangeContext(request)
  if (changeContext.refused) return changeContext.refused
  const choice = chooseSubscription(request, words, changeContext.subscriptions)
  if ('refused' in choice) return choice.refused
  const { digest, subscription } = choice
  const slugs = subscribedStories(library, digest, subscription).map(({ slug }) => slug)
  if (slugs.includes(story.slug) === add)
    return refusal(
      (add ? phrases.digest.storyAlreadyIn : phrases.digest.storyNotIn)(story.title, digest.title),
    )
  const next = add ? [...slugs, story.slug] : slugs.filter(slug => slug !== story.slug)
  if (next.length === 0) return refusal(phrases.digest.onlyStory(digest.title, `/digest off ${digest.name}`))
  const ownSlugs = subscribedStories(library, digest, { stories: '' }).map(({ slug }) => slug)
  const isOwn = next.length === ownSlugs.length && next.every(slug => ownSlugs.includes(slug))
  // Stored as '' when they are the digest's own stories, so that the place also gets those added to it later.
  return changeSubscription(request, digest, { stories: isOwn ? '' : next.join(',') }, changeContext)
}
