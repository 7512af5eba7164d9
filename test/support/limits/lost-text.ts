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
/** More answers than any list has: a button that leads round in a circle must not be followed for ever. */
const MAX_PAGES = 500

/** Finds texts of a story that are on no page of the answer that should show them, as it is read on each platform. */
export async function lostTextFaults(library: Library, ask: Ask): Promise<string[]> {
  const faults: string[] = []
  for (const story of library.stories) {
    for (const { name } of verbsOf(story)) {
      const expected = expectedTexts(story, name)
      if (expected.length === 0) continue
      const line = `${storyPrefix(story)} ${name}`
      const pages = await pagesOf(ask, line)
      const visible = {
        slack: comparableText(pages.map(page => visibleOnSlack(renderSlack(page).blocks)).join('')),
        discord: comparableText(pages.map(page => visibleOnDiscord(renderDiscord(page))).join('')),
      }
      for (const [platform, pageText] of Object.entries(visible))
        for (const text of expected)
          if (!pageText.includes(comparableText(text)))
            faults.push(`${line}: ${platform}: on none of ${pages.length} pages: ${JSON.stringify(text)}`)
    }
  }
  return faults
}

/** Collects all pages of an answer, and what its menus open, by pressing its own buttons and picking its options. */
async function pagesOf(ask: Ask, line: string): Promise<Reply[]> {
  const pages = new Map<string, Reply>()
  const queue = [line]
  for (let next = queue.pop(); next !== undefined && pages.size < MAX_PAGES; next = queue.pop()) {
    if (pages.has(next)) continue
    const page = await ask(next, { fromButton: true })
    pages.set(next, page)
    const options = (page.menus ?? []).flatMap(menu => menu.options)
    queue.push(
      ...[...(page.buttons ?? []).filter(({ label }) => label === 'Next page'), ...options].map(
        ({ line }) => line,
      ),
    )
  }
  return [...pages.values()]
}

/** The texts of a story that the pages of a verb must show. */
function expectedTexts(story: Story, verb: string): string[] {
  const { timeline, quotes, facts, people, sources, sections } = story
  if (verb === 'timeline') return timeline.flatMap(({ text, note }) => [...textsIn(text), ...textsIn(note)])
  if (verb === 'quotes')
    return quotes.flatMap(({ words, speaker, role, remark = '', note }) => [
      words,
      speaker,
      role,
      remark,
      ...textsIn(note),
    ])
  if (verb === 'facts')
    return facts.flatMap(({ text, claim }) => [
      ...textsIn(text),
      ...(claim ? [claim.says, claim.verdict.replace(/\.$/, '')] : []),
    ])
  if (verb === 'who') return people.flatMap(({ name, role, about }) => [name, role, ...textsIn(about)])
  if (verb === 'sources') return sources.flatMap(({ outlet, title }) => [outlet, title])
  const section = sections.find(({ name }) => name === verb)
  return (section?.body ?? []).flatMap(({ block }) => textsOfBlock(block))
}

function textsOfBlock(block: Block): string[] {
  if (block.kind === 'text' || block.kind === 'note') return textsIn(block.text)
  return block.kind === 'list' ? block.items.flatMap(textsIn) : []
}

/**
 * The texts before, between and after bare addresses (links whose text is the address): a platform shows an address as it
 * is called, which may differ.
 */
function textsIn(inlines: Inline[] = []): string[] {
  const address = inlines.findIndex(run => typeof run === 'object' && 'link' in run && run.link === run.text)
  if (address < 0) return [plainInlines(inlines)]
  return [plainInlines(inlines.slice(0, address)), ...textsIn(inlines.slice(address + 1))]
}
