import { type Reply, text, withPictureAsText } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { plainText } from './mrkdwn.ts'
import { render, type SlackBlock } from './render.ts'

/** Slack's limits for views, from docs.slack.dev/reference/views. */
const LIMITS = { blocks: 100, title: 24, metadata: 3_000 }

/** A modal or a Home tab, as JSON for Slack. */
export type SlackView = {
  type: 'modal' | 'home'
  blocks: SlackBlock[]
  callback_id?: string
  private_metadata?: string
  [field: string]: unknown
}

/** What a modal of ours remembers: the conversation that it was opened for. */
export type ViewMetadata = { channel: string }

/** Makes a modal of blocks; with `submit` it is a form. Throws where a limit is exceeded. */
export function modal(
  title: string,
  blocks: SlackBlock[],
  options: { metadata: ViewMetadata; submit?: string; callbackId?: string },
): SlackView {
  const { metadata, submit, callbackId } = options
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

/** Makes the Home tab of blocks. Throws where a limit is exceeded. */
export const homeTab = (blocks: SlackBlock[]): SlackView => assertWithinLimits({ type: 'home', blocks })

/** Makes a read-only modal of an answer, with its pictures as text. */
export const answerView = (title: string, reply: Reply, metadata: ViewMetadata): SlackView =>
  modal(title, render(withPictureAsText(reply)).blocks, { metadata })

/** Makes the modal that is shown until its form is ready. */
export const waitingView = (title: string, metadata: ViewMetadata): SlackView =>
  answerView(title, { blocks: [text(phrases.slack.oneMoment)], parts: [], audience: 'caller' }, metadata)

/** Reads the conversation that a modal was opened for; Slack sends our metadata back. */
export function parseMetadata(view: { private_metadata?: string } | undefined): ViewMetadata {
  const { channel } = JSON.parse(view?.private_metadata || '{}') as Partial<ViewMetadata>
  return { channel: channel ?? '' }
}

function assertWithinLimits(view: SlackView): SlackView {
  const { blocks, private_metadata = '', title } = view
  const titleText = (title as { text: string } | undefined)?.text ?? ''
  const problem =
    blocks.length > LIMITS.blocks
      ? `${blocks.length} blocks, at most ${LIMITS.blocks}`
      : private_metadata.length > LIMITS.metadata
        ? `${private_metadata.length} characters of metadata, at most ${LIMITS.metadata}`
        : titleText.length > LIMITS.title
          ? `a title of ${titleText.length} characters, at most ${LIMITS.title}`
          : undefined
  if (problem !== undefined) throw new Error(`slack: a view has ${problem}`)
  return view
}
