import { DeliveryError } from '../../../chat/platform.ts'
import { TimeoutError } from '../../../chat/with-timeout.ts'
import { phrases } from '../../../phrases/phrases.ts'

/** Whether Slack refused the blocks of a message, which it does as long as it does not know a file as a picture. */
export const isRefusedFile = (cause: unknown): boolean =>
  cause instanceof DeliveryError && slackErrorCode(cause) === 'invalid_blocks'

/** Whether Slack refused to turn a message of text into a picture: a message that was sent as text stays text. */
export const wasText = (cause: unknown): boolean => slackErrorCode(cause) === 'block_mismatch'

/** Says to the person who asked why there is no picture. */
export function noPictureReason(cause: unknown): string {
  if (cause instanceof TimeoutError) return phrases.everyPlatform.pictureTooLate
  return slackErrorCode(cause) === 'missing_scope'
    ? phrases.slack.mayNotUpload
    : phrases.everyPlatform.pictureFailed
}

const slackErrorCode = (cause: unknown) =>
  ((cause as Error | undefined)?.cause as { data?: { error?: string } } | undefined)?.data?.error
