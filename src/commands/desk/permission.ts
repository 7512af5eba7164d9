import { type Call, type Platform, platformOf } from '../../chat/platform.ts'

/**
 * Whether somebody is of the desk: named in person, or in a group that is named. Only what the platform itself says of
 * them counts; where it cannot say, they are not.
 */
export async function isEditor(
  { place, caller }: Pick<Call, 'place' | 'caller'>,
  users: string[],
  platform: Platform | undefined,
): Promise<boolean> {
  const { id, groups = [] } = caller
  // Nobody is vouched for by another platform than their own.
  if (platformOf(place) !== id.slice(0, id.indexOf(':'))) return false
  if ([id, ...groups].some(one => users.includes(one))) return true
  const open = users.filter(one => isSlackGroup(one) && platformOf(place) === 'slack')
  const told = await Promise.all(open.map(group => platform?.isInGroup?.(caller, group)))
  return told.includes(true)
}

/** A group of which calls do not tell who is in it. */
export const isSlackGroup = (one: string): boolean => /^slack:[^/]+\/S/.test(one)
