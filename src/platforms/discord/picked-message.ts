import type { IncomingCall } from '../responder.ts'
import type { MessageCommand } from './message-commands.ts'
import { type InteractionPayload, placeAndCaller, readableText } from './payload.ts'

/** Whether a message was picked for this command. */
export const isPicked = ({ data }: InteractionPayload, { type, name }: MessageCommand): boolean =>
  data?.type === type && data.name === name

/** The words of the message that a command was picked for, as they read. */
export function pickedText({ data }: InteractionPayload): string {
  const message = data?.resolved?.messages?.[data.target_id ?? '']
  return message ? readableText(message) : ''
}

/** A message that was picked as a call of a command. */
export const pickedCall = (given: InteractionPayload, command: string, at: number): IncomingCall => ({
  call: { command, text: '', ...placeAndCaller(given), at },
  key: given.id,
})
