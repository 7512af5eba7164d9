import type { IncomingCall } from '../responder.ts'
import { readableText } from './mention.ts'
import type { MessageCommand } from './message-commands.ts'
import { type InteractionPayload, placeAndCaller } from './payload.ts'

/** Whether an interaction is this command in the menu of a message. */
export const isPicked = ({ data }: InteractionPayload, { type, name }: MessageCommand): boolean =>
  data?.type === type && data.name === name

/** Reads the words of the message that a command was picked for, as they are shown. */
export function pickedText({ data }: InteractionPayload): string {
  const message = data?.resolved?.messages?.[data.target_id ?? '']
  return message ? readableText(message) : ''
}

/** Makes the call of a command that was picked in the menu of a message. */
export const pickedCall = (interaction: InteractionPayload, command: string, at: number): IncomingCall => ({
  call: { command, text: '', ...placeAndCaller(interaction), at },
  key: interaction.id,
})
