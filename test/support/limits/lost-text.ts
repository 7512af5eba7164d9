import { plainInlines } from '../../../src/chat/plain-text.ts'
import type { Call } from '../../../src/chat/platform.ts'
import type { Block, Inline, Reply } from '../../../src/chat/reply.ts'
import { storyPrefix } from '../../../src/commands/label.ts'
import { verbsOf } from '../../../src/commands/story/story.ts'
import type { Library } from '../../../src/content/library.ts'
import type { Story } from '../../../src/content/story.ts'
import { render as renderDiscord } from '../../../src/platforms/discord/render.ts'
import { render as renderSlack } from '../../../src/platforms/slack/render.ts'
import { visibleOnDiscord } from './discord-faults.ts'
import { comparableText } from './reply-faults.ts'
import { visibleOnSlack } from './slack-faults.ts'

type Ask = (typed: string, more: Partial<Call>) => Reply | Promise<Reply>
const MAX_PAGES = 200

/** What of a story stands on no page of the answer that is all of it, as it is read on either platform. */
export async function lostTextFaults(books: Library, ask: Ask): Promise<string[]> {
  const faults: string[] = []
  for (const story of books.stories) {
    for (const { name } of verbsOf(story)) {
      const wanted = expectedTexts(story, name)
      if (wanted.length === 0) continue
      const line = `${storyPrefix(story)} ${name}`
      const pages = await pagesOf(ask, line)
      const read = {
        slack: comparableText(pages.map(page => visibleOnSlack(renderSlack(page).blocks)).join('')),
        discord: comparableText(pages.map(page => visibleOnDiscord(renderDiscord(page))).join('')),
      }
      for (const [platform, text] of Object.entries(read))
        for (const one of wanted)
          if (!text.includes(comparableText(one)))
            faults.push(`${line}: ${platform}: on none of ${pages.length} pages: ${JSON.stringify(one)}`)
    }
  }
  return faults
}

/** All pages of an answer, by its own buttons. */
async function pagesOf(ask: Ask, line: string): Promise<Reply[]> {
  const pages: Reply[] = []
  for (let next: string | undefined = line; next !== undefined && pages.length < MAX_PAGES; ) {
    const page = await ask(next, {})
    pages.push(page)
    next = page.buttons?.find(({ label }) => label === 'Next page')?.line
  }
  return pages
}

function expectedTexts(story: Story, verb: string): string[] {
  const { timeline, quotes, facts, people, sources, sections } = story
  if (verb === 'timeline') return timeline.flatMap(({ text, note }) => [...saidIn(text), ...saidIn(note)])
  if (verb === 'quotes')
    return quotes.flatMap(({ words, speaker, role, remark = '', note }) => [
      ...[words, speaker, role, remark],
      ...saidIn(note),
    ])
  if (verb === 'facts')
    return facts.flatMap(({ text, claim }) => [
      ...saidIn(text),
      ...(claim ? [claim.says, claim.verdict.replace(/\.$/, '')] : []),
    ])
  if (verb === 'who') return people.flatMap(({ name, role, about }) => [name, role, ...saidIn(about)])
  if (verb === 'sources') return sources.flatMap(({ outlet, title }) => [outlet, title])
  const section = sections.find(one => one.name === verb)
  return (section?.body ?? []).flatMap(({ block }) => wordsIn(block))
}

function wordsIn(block: Block): string[] {
  if (block.kind === 'text' || block.kind === 'note') return saidIn(block.text)
  return block.kind === 'list' ? block.items.flatMap(saidIn) : []
}

/** What runs of text say, without the addresses that are their own names: those are written as they are called. */
function saidIn(inlines: Inline[] = []): string[] {
  const own = inlines.findIndex(one => typeof one === 'object' && 'link' in one && one.link === one.text)
  if (own < 0) return [plainInlines(inlines)]
  return [plainInlines(inlines.slice(0, own)), ...saidIn(inlines.slice(own + 1))]
}
