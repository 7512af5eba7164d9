import type { Digest } from '../content/digest.ts'
import type { Feed } from '../content/feed.ts'
import { type DigestNames, readDigests } from '../content/read/digests.ts'
import { readFeeds } from '../content/read/feeds.ts'
import { listFolder, readListed } from '../content/read/folder.ts'
import { besideStories } from '../content/read/list-files.ts'
import type { LoadedContent } from '../content/read/story-folder.ts'
import { readSenders } from '../content/senders/read-senders.ts'
import type { SenderRow } from '../content/senders/sender-row.ts'
import type { Problem } from '../content/story.ts'
import { isInPlaceOfStory, LOOSE_FILE, lookOf } from './scan-job.ts'

/** What is beside the stories, to be read and checked: digests.yml, feeds.yml, senders.yml, and what has no place there. */
export type DigestsJob = { kind: 'digests'; folder: string; names: DigestNames }

/** The digests, feeds and senders, how their files looked, and what is wrong with what is beside the stories. */
export type DigestsResult = {
  look: string
  digests: Digest[]
  feeds: Feed[]
  senders: SenderRow[]
  problems: Problem[]
}

/** Reads and checks what is beside the stories. */
export function runDigestsJob({ folder, names }: DigestsJob): DigestsResult {
  const { files: listed, skipped } = listFolder(folder, besideStories)
  // What stands in the place of a story is a problem of that story.
  const listing = { files: listed, skipped: skipped.filter(entry => !isInPlaceOfStory(entry)) }
  const { files, problems } = readListed(folder, listing)
  const loaded: LoadedContent = {
    stories: [],
    digests: [],
    feeds: [],
    problems: [...problems],
    locations: new Map(),
  }
  for (const { path, origin } of files)
    if (LOOSE_FILE.test(path) && !path.endsWith('/README.md'))
      loaded.problems.push({ file: origin, line: 1, message: 'a story is a folder: stories/NAME/story.md' })
  readFeeds(files, loaded, names.slugs)
  readDigests(files, loaded, names)
  const { senders, problems: inSenders } = readSenders(files)
  return {
    look: lookOf(listing),
    digests: loaded.digests,
    feeds: loaded.feeds,
    senders,
    problems: [...loaded.problems, ...inSenders],
  }
}
