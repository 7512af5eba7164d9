import { MAX_REPORT_CHARACTERS } from '../../../chat/platform.ts'
import type { Reply } from '../../../chat/reply.ts'
import { formatLine } from '../../../commands/line.ts'
import { type IncomingCall, NOT_OUR_MESSAGE_REPLY, REPORT_QUESTION } from '../../responder.ts'
import { REPORT_COMMAND } from '../message-commands.ts'
import { formCall, type InteractionPayload } from '../payload.ts'
import type { Modal } from './modal.ts'

/** Begins the identifier of the modal; the id of the message follows. */
const REPORT_PREFIX = 'report:'
/** What is sent back is made by the client of the person, so it may be anything. */
const REPORT_ID = new RegExp(`^${REPORT_PREFIX}(\\d{1,20})$`)
const SENTENCE_FIELD = 'sentence'
const TYPE = { text: 4, label: 18 }
const PARAGRAPH = 2

/** Makes the form that asks for one sentence about a message of ours; a reply where the message is not ours. */
export function reportForm({ data }: InteractionPayload, ownId: string | undefined): Modal | Reply {
  const id = data?.target_id ?? ''
  if (ownId === undefined || data?.resolved?.messages?.[id]?.author?.id !== ownId)
    return NOT_OUR_MESSAGE_REPLY
  return {
    custom_id: `${REPORT_PREFIX}${id}`,
    title: REPORT_COMMAND.name,
    components: [
      {
        type: TYPE.label,
        label: REPORT_QUESTION.label,
        description: REPORT_QUESTION.hint,
        component: {
          type: TYPE.text,
          custom_id: SENTENCE_FIELD,
          style: PARAGRAPH,
          min_length: 3,
          max_length: MAX_REPORT_CHARACTERS,
          required: true,
        },
      },
    ],
  }
}

/** Reads a submitted report as a call; undefined for other forms, also for an identifier that is none of ours. */
export function reportCall(interaction: InteractionPayload, at: number): IncomingCall | undefined {
  const { custom_id = '', components = [] } = interaction.data ?? {}
  const id = REPORT_ID.exec(custom_id)?.[1]
  if (id === undefined) return undefined
  const sentence =
    components.find(({ component }) => component?.custom_id === SENTENCE_FIELD)?.component?.value ?? ''
  const line = `/nutgraf ${formatLine({ args: ['report', sentence], flags: {} })}`
  const { call, key } = formCall(interaction, line, at)
  const message = { place: call.place, id }
  return { call: { ...call, message }, key }
}
