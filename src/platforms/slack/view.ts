import { type Reply, text, withPictureAsText } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { plainText, render, type SlackBlock } from './render.ts'

/** Slack's limits of views, from docs.slack.dev/reference/views. */
const LIMITS = { blocks: 100, title: 24, metadata: 3_000 }

/** A modal or a Home tab as Slack takes it. */
export type SlackView = {
  type: 'modal' | 'home'
  blocks: SlackBlock[]
  callback_id?: string
  private_metadata?: string
  [field: string]: unknown
}

/** What a modal of ours remembers: the conversation that it is about. */
export type ViewMetadata = { channel: string }

/** A modal with some blocks; `submit` makes it a form. Throws where a limit is passed. */
export function modal(
  title: string,
  blocks: SlackBlock[],
  more: { metadata: ViewMetadata; submit?: string; callbackId?: string },
): SlackView {
  const { metadata, submit, callbackId } = more
  return assertWithinLimits({
    type: 'modal',
    title: plainText(title),
    close: plainText(phrases.slack.close),
    ...(submit !== undefined && { submit: plainText(submit) }),
    ...(callbackId !== undefined && { callback_id: callbackId }),
    private_metadata: JSON.stringify(metadata),
    blocks,
  })
}

/** The Home tab with some blocks. Throws where a limit is passed. */
export const homeTab = (blocks: SlackBlock[]): SlackView => assertWithinLimits({ type: 'home', blocks })

/** An answer as a modal that is only read, in words. */
export const answerView = (title: string, reply: Reply, metadata: ViewMetadata): SlackView =>
  modal(title, render(withPictureAsText(reply)).blocks, { metadata })

/** What a modal shows until there is something to show. */
export const waitingView = (title: string, kept: ViewMetadata): SlackView =>
  answerView(title, { blocks: [text(phrases.slack.oneMoment)], parts: [], audience: 'caller' }, kept)

/** The conversation that a modal is about; Slack hands back what we gave it. */
export function parseMetadata(view: { private_metadata?: string } | undefined): ViewMetadata {
  const { channel } = JSON.parse(view?.private_metadata || '{}') as Partial<ViewMetadata>
  return { channel: channel ?? '' }
}

function assertWithinLimits(view: SlackView): SlackView {
  const { blocks, private_metadata = '', title } = view
  const written = (title as { text: string } | undefined)?.text ?? ''
  const problem =
    blocks.length > LIMITS.blocks
      ? `${blocks.length} blocks, at most ${LIMITS.blocks}`
      : private_metadata.length > LIMITS.metadata
        ? `${private_metadata.length} characters to keep, at most ${LIMITS.metadata}`
        : written.length > LIMITS.title
          ? `a title of ${written.length} characters, at most ${LIMITS.title}`
          : undefined
  if (problem !== undefined) throw new Error(`slack: a view has ${problem}`)
  return view
}
