import { DeliveryError, type Place } from '../../chat/platform.ts'
import { discordErrorCode } from './errors.ts'
import { splitPlace } from './place.ts'

/** Discord's code for a change in a thread that is archived. */
const THREAD_IS_ARCHIVED = 50083

/** Makes a request about a place; rejects with a `DeliveryError`. */
type CallPlace = (
  place: Place,
  method: 'PATCH',
  path: `/${string}`,
  options: { body: object },
) => Promise<unknown>

/**
 * Makes a change in a place. An archived thread takes none, so it is opened first, which needs no more than the right to
 * write in it (docs.discord.com/developers/topics/threads); it is archived again by itself. A locked one stays shut.
 */
export async function changeInThread<Result>(
  place: Place,
  call: CallPlace,
  change: () => Promise<Result>,
): Promise<Result> {
  try {
    return await change()
  } catch (cause) {
    if (!(cause instanceof DeliveryError) || discordErrorCode(cause.cause) !== THREAD_IS_ARCHIVED) throw cause
    await call(place, 'PATCH', `/channels/${splitPlace(place).channel}`, { body: { archived: false } })
    return change()
  }
}
