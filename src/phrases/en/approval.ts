import type { Inline } from '../../chat/reply.ts'
import { plural, thousands } from './counting.ts'

/** Sentences about editions that the desk must approve: notices to editors, and the answers to their decisions. */
export const approval = {
  button: { approve: 'Approve', hold: 'Hold', preview: 'Preview', next: 'Next text' },
  about: {
    approve: 'Approve an edition that waits for the desk; without its code, list what waits',
    hold: 'Stop an edition until somebody approves it again',
    preview: 'See an edition that waits, exactly as it will be posted',
    code: 'Its code, such as morning-3fa9c1',
  },
  example: (): Inline[] => [{ code: '/desk approve' }, ' · the editions that wait for approval'],
  anEditor: 'an editor',

  edition: (title: string, moment: string, places: number) =>
    `${title} · ${moment} · ${plural(places, 'channel')}`,
  beginsWith: (): Inline[] => [{ bold: 'It begins:' }, ' '],
  nothingLeft: 'There is nothing left to post.',
  /** What can be typed about an edition; `beside` its buttons, it is another way to do the same. */
  lines: (lines: string[], beside = true): Inline[] => [
    beside ? 'Or type ' : 'Type ',
    ...lines.flatMap((code, index): Inline[] => [
      ...(index === 0 ? [] : [index === lines.length - 1 ? ' or ' : ', ']),
      { code },
    ]),
  ],
  /** `names` are those who have approved it, of `needed`; `isLate` says that its time has come. */
  waits: ({
    names,
    needed,
    isLate,
    until,
  }: {
    names: string[]
    needed: number
    isLate: boolean
    until: string
  }) => {
    const sofar = names.length === 0 ? 'Nobody has approved it yet' : `Approved by ${listed(names)}`
    const count = needed > 1 ? `${sofar} (${thousands(names.length)} of ${thousands(needed)})` : sofar
    return isLate
      ? `Held: its time has come, and it is not approved. ${count}. Approved before ${until}, it is still posted, and says that it is late.`
      : `It waits for the desk. ${count}.`
  },
  approved: (names: string[], moment: string | undefined) =>
    `Approved by ${listed(names)}. ${moment === undefined ? 'It is being posted.' : `It is posted ${moment}.`}`,
  held: 'Held by an editor. It is posted once it is approved again.',
  done: (names: string[]) => (names.length === 0 ? 'It is over.' : `Posted. Approved by ${listed(names)}.`),
  missed: 'Not posted: it was not approved within a day. Its news is in the next edition.',
  empty: 'Nothing of it is left to post. What is new goes into the next edition.',
  forgotten: 'It is over.',

  changed: (names: string[], why: string[]) =>
    `Changed after ${listed(names)} approved it: ${whyChanged(why)}. ${listed(names)} must look again; approvals count from zero.`,

  waiting: 'Editions that wait for the desk',
  noneWaiting: 'No edition waits for the desk.',
  noSuchCode: (): Inline[] => [
    'No edition that waits has that code. What waits: ',
    { code: '/desk approve' },
  ],
  whichCode: (verb: string): Inline[] => [
    'Which edition? Its code is in the desk’s channel, and here: ',
    { code: '/desk approve' },
    '. Then: ',
    { code: `/desk ${verb} CODE` },
  ],
  changedSince: 'Its text has changed since. Nothing was approved: look at it as it is now.',
  over: 'That edition is over. Nothing was changed.',
  posted: 'All of it is posted already. To change what is wrong in it: /desk correct',
  /** `more` is how many people more must approve it. */
  youApproved: (edition: string, more: number, moment: string | undefined) =>
    more > 0
      ? `Your approval of ${edition} counts. ${plural(more, 'other person', 'other people')} must approve it too.`
      : `Approved: ${edition}. ${moment === undefined ? 'It is being posted now, and says that it is late.' : `It is posted ${moment}, if nothing in it changes.`}`,
  youApprovedBefore: (more: number) =>
    more > 0
      ? `You have approved it already. ${plural(more, 'other person', 'other people')} must approve it too.`
      : 'It is approved already.',
  youHeld: (edition: string, begun: number) =>
    begun > 0
      ? `Held: ${edition}. ${plural(begun, 'message is', 'messages are')} posted already; the others wait until it is approved.`
      : `Held: ${edition}. It waits until it is approved.`,
  heldAlready: 'It is held already. To post it, approve it.',
  previewOf: (number: number, count: number, places: string) =>
    count > 1
      ? `Preview, text ${thousands(number)} of ${thousands(count)} · for ${places}`
      : `Preview · for ${places}`,
  places: (names: string[], more: number) =>
    `${names.join(', ')}${more > 0 ? ` and ${thousands(more)} more` : ''}`,
  whatNext: 'What to do with it',

  needsApproval: 'needs the desk’s approval',
  needsApprovalFirst: 'The desk approves each edition before it is posted',
  waitsNow: 'waiting for the desk’s approval',
  notApproved: 'not approved in time',
}

const listed = (names: string[]): string =>
  names.length < 2 ? (names[0] ?? 'nobody') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

const MAX_PARTS = 3

/** Says what changed in an edition, from its reasons: `part:bridge/label`, `withdrawn:bridge`, `items`, … */
function whyChanged(why: string[]): string {
  const named = (prefix: string) =>
    why.filter(reason => reason.startsWith(prefix)).map(reason => reason.slice(prefix.length))
  const parts = named('part:')
  const sentences = [
    ...named('withdrawn:').map(story => `${story} was taken down`),
    ...(parts.length > 0
      ? [
          `${parts.slice(0, MAX_PARTS).join(', ')}${parts.length > MAX_PARTS ? ` and ${thousands(parts.length - MAX_PARTS)} more` : ''} changed`,
        ]
      : []),
    ...(why.includes('items') ? ['a report on the wire changed'] : []),
    ...(why.includes('settings') ? ['the settings of the digest changed'] : []),
    ...(why.includes('told') ? ['another edition told some of it'] : []),
    ...(why.includes('people') ? ['it needs another number of approvals now'] : []),
  ]
  return sentences.length > 0 ? sentences.join(', and ') : 'its text changed'
}
