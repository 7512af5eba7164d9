import { MOST_REPORTED } from '../../chat/platform.ts'
import type { Reply } from '../../chat/reply.ts'
import { line } from '../../commands/line.ts'
import { type Asked, NOT_OURS, WHAT_IS_WRONG } from '../answering.ts'
import type { Modal } from './form-modal.ts'
import { REPORT } from './message-commands.ts'
import { formCall, type InteractionPayload } from './payload.ts'

/** What the identifier of the modal begins with; the message comes after it. */
const FORM = 'report:'
const FIELD = 'sentence'
const TYPE = { text: 4, label: 18 }
const PARAGRAPH = 2

/** Asks for one sentence about a message of ours; a reply where it is none. */
export function askWhatIsWrong({ data }: InteractionPayload, ownId: string | undefined): Modal | Reply {
  const id = data?.target_id ?? ''
  if (ownId === undefined || data?.resolved?.messages?.[id]?.author?.id !== ownId) return NOT_OURS
  return {
    custom_id: `${FORM}${id}`,
    title: REPORT.name,
    components: [
      {
        type: TYPE.label,
        label: WHAT_IS_WRONG.label,
        description: WHAT_IS_WRONG.hint,
        component: {
          ...{ type: TYPE.text, custom_id: FIELD, style: PARAGRAPH },
          ...{ min_length: 3, max_length: MOST_REPORTED, required: true },
        },
      },
    ],
  }
}

/** A submitted report as a call; undefined for other forms. */
export function reportCall(given: InteractionPayload, at: number): Asked | undefined {
  const { custom_id = '', components = [] } = given.data ?? {}
  if (!custom_id.startsWith(FORM)) return undefined
  const said = components.find(({ component }) => component?.custom_id === FIELD)?.component?.value ?? ''
  const asked = formCall(given, `/nutgraf ${line({ args: ['report', said], flags: {} })}`, at)
  const { place } = asked.call
  return { ...asked, call: { ...asked.call, message: { place, id: custom_id.slice(FORM.length) } } }
}
