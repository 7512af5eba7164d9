import type { Story } from '../../../content/story.ts'
import { localDate } from '../../../dates/dates.ts'
import type { StoredDraft } from '../../../store/drafts/drafts.ts'
import type { DeskRequest } from '../../context.ts'
import { composeBody, MAX_TEXT_CHARACTERS } from './draft-body.ts'

/** What became of reading a page: what is kept of it, or why there is nothing, as JSON. */
export type PageRead = { body: string; hash: string } | { problem: string }

/** How many pages a process reads at the same time. */
const MAX_READING = 4
let reading = 0

/** Whether so many pages are being read that another one has to wait. */
export const isReadingMuch = (): boolean => reading >= MAX_READING

/** Reads a page and composes its draft. Never rejects. */
export async function readAddress(
  { desk, library, call, context }: DeskRequest,
  { url, story, draft }: { url: URL; story: Story | undefined; draft: Pick<StoredDraft, 'slug'> },
): Promise<PageRead> {
  reading++
  try {
    const article = await desk.readPage!(url.href)
    if (article.text.length > MAX_TEXT_CHARACTERS) return { problem: JSON.stringify({ code: 'tooLong' }) }
    return await composeBody(
      { ...article, url: article.url ?? url.href },
      {
        slug: draft.slug,
        ...(story && { into: story }),
        stories: library.stories,
        today: localDate(call.at, context.zone),
      },
    )
  } catch (cause) {
    const { name, code, detail } = cause as { name?: string; code?: string; detail?: string }
    const isOfPage = name === 'PageError'
    // The address is in the editors’ log; here it would be a machine’s name in a log that others read.
    if (!isOfPage) desk.log.error({ err: cause, draft: draft.slug }, 'desk: a page was not read')
    return { problem: JSON.stringify(isOfPage ? { code, detail } : {}) }
  } finally {
    reading--
  }
}
