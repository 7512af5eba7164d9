import type { Hit } from '../content/search.ts'
import type { Story } from '../content/story.ts'
import type { Call } from '../platform.ts'
import { type Block, type Inline, list, note, type Reply, refusal, text } from '../reply.ts'
import { type Newsroom, unknown } from './ask.ts'
import type { Command } from './command.ts'
import { headOfStory, labelOf, shortLabel } from './label.ts'
import { line, type Words } from './line.ts'

const HITS_A_PAGE = 5

/** `/nutgraf find <words> [--story slug]`: at most five hits a page, grouped by story. */
export function findCommand(newsroom: Newsroom): Command {
  return {
    name: 'find',
    about: 'Search every story, quote, event and source',
    reach: 'root',
    argument: { name: 'words', about: 'What to look for', required: true },
    flags: ['story', 'page', 'public'],
    run: (words, call) => find(newsroom, words, call),
  }
}

function find(newsroom: Newsroom, words: Words, call: Call): Reply {
  const library = newsroom.library()
  const query = words.args.join(' ')
  const name = words.flags.story
  const story = typeof name === 'string' ? library.story(name) : undefined
  const again = `/nutgraf find ${line({ args: words.args, flags: name === undefined ? {} : { story: name } })}`
  if (query.trim() === '') return refusal(['Find what? For example ', { code: '/nutgraf find ice' }])
  if (name !== undefined && !story) {
    const lineOf = (slug: string) => `/nutgraf find ${line({ args: words.args, flags: { story: slug } })}`
    return unknown(call, String(name), {
      known: library.stories.map(one => one.slug),
      lineOf,
      help: '/nutgraf story list',
    })
  }
  const hits = library.search(query, story)
  const echo = call.audience === 'place' || words.flags.public ? '' : `“${query}” · `
  if (hits.length === 0) {
    return refusal([
      echo,
      `Nothing found in ${story ? 'this story' : counted(library.stories.length, 'story', 'stories')}.`,
    ])
  }
  const pages = Math.ceil(hits.length / HITS_A_PAGE)
  const page = Number(words.flags.page ?? 1)
  if (!Number.isInteger(page) || page < 1 || page > pages)
    return refusal([`No such page: there ${pages === 1 ? 'is only one' : `are ${pages}`}.`])
  return hitsReply(hits, page, pages, echo, again)
}

function hitsReply(hits: Hit[], page: number, pages: number, echo: string, again: string): Reply {
  const shown = hits.slice((page - 1) * HITS_A_PAGE, page * HITS_A_PAGE)
  const stories = [...new Set(shown.map(hit => hit.story))]
  const inStories = new Set(hits.map(hit => hit.story)).size
  const lead = `${echo}${counted(hits.length, 'hit', 'hits')} in ${counted(inStories, 'story', 'stories')}`
  const only = stories.length === 1 ? stories[0]! : undefined
  const label = only
    ? labelOf(only)
    : { state: stories[0]!.state, line: stories.map(one => `${one.slug}: ${shortLabel(one)}`).join(' · ') }
  const more = page < pages ? [{ label: 'More hits', line: `${again} --page ${page + 1}` }] : []
  return {
    label,
    title: lead,
    blocks: [
      ...stories.flatMap(story => group(story, shown)),
      ...(pages > 1 ? [note(`Page ${page} of ${pages}`)] : []),
    ],
    actions: [
      ...more,
      ...stories.map(one => ({ label: one.command ?? one.slug, line: headOfStory(one) })),
    ].slice(0, 3),
    parts: [...new Set(shown.map(hit => hit.part))],
    audience: 'caller',
  }
}

function group(story: Story, hits: Hit[]): Block[] {
  const own = hits.filter(hit => hit.story === story)
  return [text({ bold: story.title }), list(own.map(hitLine))]
}

function hitLine(hit: Hit): Inline[] {
  const words = hit.marks ? `“${hit.excerpt}”` : hit.excerpt
  const verdict: Inline[] = hit.verdict ? [' → ', { bold: hit.verdict }] : []
  return [{ italic: hit.where }, ': ', words, ...verdict]
}

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`
