import { AT_ONCE } from '../../../src/content/digest.ts'
import type { Feed } from '../../../src/content/feed.ts'
import { RESTLESS_FEEDS } from './restless-feeds.ts'

/** The body of a feed that has nothing yet: what a feed has at first would be no news. */
export const EMPTY_FEED = '<rss version="2.0"><channel><title>Restless</title></channel></rss>'

/** The digest that posts each report of a restless feed as it comes. */
export const digestOf = (feed: string) => `all-of-${feed}`

/** The restless feeds on a server. */
export const restlessFeedsAt = (origin: string, everyMs: number): Feed[] =>
  RESTLESS_FEEDS.map(({ name }) => ({
    ...{ name, outlet: name.toUpperCase(), url: `${origin}/${name}`, everyMs },
  }))

/** A digest for each restless feed, and the file of their feeds. */
export const restlessDigests = () =>
  RESTLESS_FEEDS.map(({ name }) => ({
    ...{ name: digestOf(name), title: name, time: AT_ONCE, days: 'daily', quiet: 'skip' },
    ...{ wire: [name], anHour: 60 },
  }))

/** The file of the restless feeds, as content has it. */
export const restlessFeedsFile = () => ({
  path: 'feeds.yml',
  origin: 'content/feeds.yml',
  text: RESTLESS_FEEDS.map(
    ({ name }) => `- { name: ${name}, outlet: ${name.toUpperCase()}, url: "https://${name}.example/feed" }\n`,
  ).join(''),
})

/** Makes a server answer for all restless feeds: one of them has moved for good. */
export function serveRestless(
  server: {
    serve(path: string, body: string): void
    redirect(path: string, status: number, to: string): void
  },
  write: (feed: (typeof RESTLESS_FEEDS)[number]) => string,
): void {
  for (const feed of RESTLESS_FEEDS) {
    const isMoved = feed.name === 'moved'
    if (isMoved) server.redirect('/moved', 301, '/moved-for-good')
    server.serve(isMoved ? '/moved-for-good' : `/${feed.name}`, write(feed))
  }
}

/** What readers of a channel see of a post, and how often it was edited at least. */
export type SeenPost = { text: string; edits: number }

/** How the posts of the feeds should be, and how they are: none doubled, none lost, each edit in its post. */
export type Judged = { posts: number; doubled: number; lost: number; unedited: number; edits: number }

/** A headline is in a post, and not only as what it was. */
const shows = (text: string, title: string) =>
  text.split('\n').some(line => line.startsWith(title) && !/^(?:\d|, update)/.test(line.slice(title.length)))

/** Judges the posts of the first `feeds` restless feeds after a version of them. `postsOf` gives those of a feed. */
export function judgePosts(
  postsOf: (feed: string) => SeenPost[],
  { version, feeds = RESTLESS_FEEDS.length }: { version: number; feeds?: number },
): Judged {
  const judged: Judged = { posts: 0, doubled: 0, lost: 0, unedited: 0, edits: 0 }
  for (const { name, titles, write } of RESTLESS_FEEDS.slice(0, feeds)) {
    const posts = postsOf(name)
    const first = titles(0)
    judged.posts += posts.length
    judged.doubled += Math.max(0, posts.length - first.length)
    judged.lost += Math.max(0, first.length - posts.length)
    // What a feed has dropped in its last version was not told of its last edit.
    const last = titles(version)
    const told = last.filter(title => write(version).includes(`${title}<`))
    judged.unedited += told.filter(
      title => posts.filter(({ text }) => shows(text, title)).length !== 1,
    ).length
    judged.edits += last.filter((title, at) => title !== first[at]).length
  }
  return judged
}
