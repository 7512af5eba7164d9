import { phoneLength } from '../../../chat/plain-text.ts'
import { platformOf } from '../../../chat/platform.ts'
import { type Block, note, PHONE_BUDGET, type Reply, refusal, text } from '../../../chat/reply.ts'
import { withTimeout } from '../../../chat/with-timeout.ts'
import type { Story } from '../../../content/story.ts'
import { phrases } from '../../../phrases/phrases.ts'
import type { DraftRequest, StoredDraft } from '../../../store/drafts/drafts.ts'
import type { DeskRequest } from '../../context.ts'
import { storyFromFlag } from '../../flags.ts'
import { formatLine } from '../../line.ts'
import { menuOf, menuOption } from '../../lists/menus.ts'
import { TOO_LATE } from '../../refusals.ts'
import { isTooLate, logAction } from '../run.ts'
import { draftNames, parseAddress } from './address.ts'
import { draftLine, failureReply, importLine, notReady, readDraft } from './chat-draft.ts'
import { changedParagraphs, readBody, storedText } from './draft-body.ts'
import { draftTitle, showDraft } from './overview.ts'
import { shortened } from './piece-words.ts'
import { isReadingMuch, type PageRead, readAddress } from './read-address.ts'
import { pieceButton } from './show-piece.ts'

/** A page that is read by then is shown in the answer; a later one is told of by itself. */
const IMMEDIATE_MS = 1_500
/** In the preview, nobody gives up on an answer, and nothing could be told later. */
const PREVIEW_MS = 60_000

/** A name for a draft, which may become that of a story. */
const NAME = /^[a-z0-9][a-z0-9-]{0,39}$/

/**
 * `/desk import <address> [--into story] [--as name]`: reads a page and drafts what it holds. Nothing is added to a story
 * before an editor confirms it.
 */
export async function deskImport(request: DeskRequest): Promise<Reply> {
  const { desk, call, args, flags, library } = request
  const [typed = ''] = args
  if (typed === '') return refusal(phrases.drafts.whichAddress())
  const url = parseAddress(typed)
  if (!url || args.length > 1) return refusal([phrases.drafts.noAddress])
  const found = storyOf(request, url.href)
  if ('refused' in found) return found.refused
  const { story } = found
  const as = typeof flags.as === 'string' ? flags.as.toLowerCase() : undefined
  if (as !== undefined && !NAME.test(as)) return refusal([phrases.drafts.badName])
  if (as !== undefined && !story && library.story(as)) return refusal(phrases.drafts.storyExists(as))
  if (!story && as === undefined) return askWhichStory(request, url.href)
  if (!desk.readPage) return refusal([phrases.drafts.noReader])
  if (isReadingMuch()) return refusal([phrases.drafts.tooManyAtOnce])
  if (isTooLate(request)) return TOO_LATE
  const names = as === undefined ? draftNames(url) : [as]
  const wanted: DraftRequest = { names, address: url.href, story: story?.slug, by: call.caller.id }
  const begun = await desk.store.drafts.begin(wanted)
  if (begun.outcome === 'full') return refusal(phrases.drafts.nameTaken(names[0]!))
  const { draft, outcome } = begun
  if (outcome === 'reading') return notReady(draft, call.at)
  await logAction(request, 'import', {
    draft: draft.slug,
    address: url.href,
    ...(story && { into: story.slug }),
  })
  const known = outcome === 'known' ? draft : undefined
  const reading = readAddress(request, { url, story, draft })
  const shown = reading.then(read => showRead(request, read, { wanted, draft, known }))
  const showLine = draftLine(draft.slug)
  try {
    return await withTimeout(shown, platformOf(call.place) === 'preview' ? PREVIEW_MS : IMMEDIATE_MS)
  } catch {
    const { later } = call
    void shown.then(
      reply => later?.(reply),
      cause =>
        desk.log.error({ err: cause, draft: draft.slug }, 'desk: a page was read and could not be shown'),
    )
    return {
      blocks: [text(...phrases.drafts.reading(url.host, showLine, later !== undefined))],
      buttons: [{ label: phrases.drafts.showDraft, line: showLine, turns: true }],
      parts: [],
      audience: 'caller',
      guide: true,
    }
  }
}

/** Asks for which story a page is to be read. A story that is new needs a name. */
function askWhichStory({ library }: DeskRequest, address: string): Reply {
  const options = library.stories.map(({ slug, title }) =>
    menuOption(`${slug} · ${title}`, importLine({ address, story: slug })),
  )
  return {
    ...refusal(phrases.drafts.whichStory(`/desk import ${formatLine({ args: [address], flags: {} })}`)),
    menus: menuOf(phrases.drafts.chooseStory, options),
  }
}

/** The story that `--into` names; none without the flag. */
function storyOf(
  { library, call, flags }: DeskRequest,
  address: string,
): { story?: Story } | { refused: Reply } {
  if (typeof flags.into !== 'string') return {}
  const parsed = { args: [address], flags: { story: flags.into } }
  const found = storyFromFlag(library, parsed, call, '/desk import')
  if (!('refused' in found)) return found
  // Others are offered by the flag that this command has.
  const buttons = found.refused.buttons?.map(({ label }) => ({
    label,
    line: importLine({ address, story: label }),
  }))
  return { refused: { ...found.refused, ...(buttons && { buttons }) } }
}

type ReadFor = { wanted: DraftRequest; draft: StoredDraft; known: StoredDraft | undefined }

/** Keeps what was read, and shows it: a page that was imported before is only kept where it has changed. */
async function showRead(
  request: DeskRequest,
  read: PageRead,
  { wanted, draft, known }: ReadFor,
): Promise<Reply> {
  const { drafts } = request.desk.store
  if ('problem' in read) {
    if (!known) await drafts.fail(draft.slug, read.problem)
    return failureReply({ ...draft, problem: read.problem })
  }
  const { body, hash } = read
  if (!known) {
    const kept = await drafts.finish(draft.slug, { body, hash })
    return kept.outcome === 'same'
      ? showSlug(
          request,
          kept.draft.slug,
          note(phrases.drafts.sameElsewhere(shortened(kept.draft.address, 100))),
        )
      : showSlug(request, draft.slug)
  }
  if (known.hash === hash) {
    return showSlug(request, known.slug, note(phrases.drafts.unchanged))
  }
  const names = wanted.names.length > 1 ? wanted.names : namesakes(known.slug)
  const version = await drafts.addVersion({ ...wanted, names, body, hash })
  if (!version) return refusal(phrases.drafts.nameTaken(known.slug))
  const change = changedParagraphs(storedText(readBody(known.body!)), storedText(readBody(body)))
  return showSlug(request, version.slug, text(...phrases.drafts.versionOf(known.slug, change)))
}

/** Names for a later version of a page whose draft an editor named. */
const namesakes = (slug: string) =>
  Array.from({ length: 9 }, (_, index) => `${slug.replace(/-\d$/, '')}-${index + 2}`)

/** Shows a draft below a sentence about it. Where there is no room for both, it shows how the draft stands. */
async function showSlug(request: DeskRequest, slug: string, sentence?: Block): Promise<Reply> {
  const { drafts } = request.desk.store
  const stored = await drafts.find(slug)
  if (stored?.body === undefined) return refusal(phrases.drafts.unknownDraft())
  const draft = await readDraft(stored, readBody(stored.body), await drafts.pieces.ofDraft(slug))
  if (stored.story !== undefined) request.desk.warm(stored.story)
  const shown = showDraft({ ...request, flags: {} }, draft)
  if (!sentence) return shown
  const both = { ...shown, blocks: [sentence, ...shown.blocks] }
  if (phoneLength(both) <= PHONE_BUDGET) return both
  return {
    blocks: [sentence, text(draftTitle(draft))],
    buttons: [pieceButton(phrases.drafts.showDraft, slug)],
    parts: [],
    audience: 'caller',
    guide: true,
  }
}
