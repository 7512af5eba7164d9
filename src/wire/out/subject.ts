import type { Digest } from '../../content/digest.ts'
import type { Library } from '../../content/library.ts'
import type { Story, Withdrawal } from '../../content/story.ts'
import { FEED_FORMATS, type FeedFormat } from './feed.ts'

/** What a feed is about: a story, one that was withdrawn, or a digest. `key` names its entries in the store. */
export type Subject = { key: string; path: string } & (
  | { story: Story }
  | { withdrawal: Withdrawal }
  | { digest: Digest }
)

/** What a path asks for: a feed in a format, or its page. */
export type FeedRequest = { subject: Subject; format: FeedFormat | 'page' }

/** Where all feeds are served. */
export const FEEDS_PATH = '/feeds/'

const PATH = new RegExp(`^${FEEDS_PATH}((?:digest/)?[a-z0-9-]{1,64})(?:\\.(${FEED_FORMATS.join('|')}))?$`)

/**
 * Reads the path of a feed: `/feeds/lawsuit.atom`, `/feeds/morning.rss`; undefined if there is no such feed. A story under
 * embargo is as if it did not exist. Where a story has the name of a digest, the digest is `/feeds/digest/morning.rss`.
 */
export function readFeedPath(path: string, library: Library): FeedRequest | undefined {
  const [, name = '', format = 'page'] = PATH.exec(path) ?? []
  const subject = name === '' ? undefined : subjectNamed(name, library)
  return subject && { subject, format: format as FeedRequest['format'] }
}

function subjectNamed(name: string, library: Library): Subject | undefined {
  const story = storySubject(name, library)
  if (story) return story
  const digest = library.digest(name.replace(/^digest\//, ''))
  if (!digest) return undefined
  const isShadowed = storySubject(digest.name, library) !== undefined
  return {
    key: `digest:${digest.name}`,
    path: `${FEEDS_PATH}${isShadowed ? 'digest/' : ''}${digest.name}`,
    digest,
  }
}

/** The story or withdrawal with a name, which may also be its command. */
function storySubject(name: string, library: Library): Subject | undefined {
  const story = library.story(name)
  if (story) return { key: `story:${story.slug}`, path: FEEDS_PATH + story.slug, story }
  const withdrawal = library.withdrawal(name)
  return withdrawal && { key: `story:${withdrawal.slug}`, path: FEEDS_PATH + withdrawal.slug, withdrawal }
}
