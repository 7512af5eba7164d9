import { type Call, type Platform, platformOf } from '../../chat/platform.ts'
import { type Reply, refusal } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { isDirectMessage } from '../report.ts'

/**
 * Whether a caller is an editor: listed themselves or in a listed group. Only what their platform says of them counts;
 * if it cannot say, they are not.
 */
export async function isEditor(
  { place, caller }: Pick<Call, 'place' | 'caller'>,
  users: string[],
  platform: Platform | undefined,
): Promise<boolean> {
  const { id, groups = [] } = caller
  // A platform vouches only for its own users.
  if (platformOf(place) !== id.slice(0, id.indexOf(':'))) return false
  if ([id, ...groups].some(listed => users.includes(listed))) return true
  const slackGroups = users.filter(user => isSlackGroup(user) && platformOf(place) === 'slack')
  const memberships = await Promise.all(slackGroups.map(group => platform?.isInGroup?.(caller, group)))
  return memberships.includes(true)
}

/**
 * Refuses somebody who is not an editor, in the same words whatever they typed and whether or not there is a desk. Only
 * where nobody else reads it, they are told by which ID they can be made one.
 */
export const refuseStranger = ({ audience, place, caller }: Call): Reply =>
  refusal(phrases.desk.editorsOnly(audience === 'caller' || isDirectMessage(place) ? caller.id : undefined))

/** Whether an id is that of a Slack user group: calls do not carry its members, so Slack must be asked. */
export const isSlackGroup = (id: string): boolean => /^slack:[^/]+\/S/.test(id)
