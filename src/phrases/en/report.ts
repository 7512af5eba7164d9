import type { Inline } from '../../chat/reply.ts'
import { thousands } from './counting.ts'

/** Sentences for people who report a mistake to the desk, and for switching reports off or on. */
export const report = {
  neverPublic: 'A report goes to the desk alone. Send it without --public.',
  /** `menu` says whether messages have a menu with that entry. */
  howTo: (menu: boolean): Inline[] => [
    'Tell the desk in one sentence what is wrong: ',
    { code: '/nutgraf report The date in the summary is that of the ruling, not of the order' },
    menu
      ? '. Or choose “Report an error” in the menu of one of my messages, so that the desk sees which one you mean.'
      : '.',
  ],
  needsBot: 'Reports need a running bot; “ask” prints one answer and exits.',
  noDesk: (place: string): Inline[] => [
    'I can’t reach the desk: its channel (DESK_CHANNEL) is not set on this bot. Nothing was sent. To read reports in this channel, whoever runs nutgraf sets ',
    { code: `DESK_CHANNEL=${place}` },
    '.',
  ],
  storeUnavailable: 'I can’t save anything right now. Nothing was sent; please try again in a moment.',
  tooLong: (length: number, limit: number) =>
    `That has ${thousands(length)} characters; one sentence of at most ${limit} is enough. The desk can ask you for more.`,
  reportsOff: 'Reports are switched off here. Nothing was sent.',
  rateLimited: (wait: { minutes: number } | { hours: number }) =>
    `Nothing was sent: the limit is three reports a day. You can send the next one in ${'hours' in wait ? `${wait.hours} h` : `${wait.minutes} min`}.`,
  thanks: 'Thank you. On its way to the desk: your sentence and your name.',
  thanksForMessage: 'Thank you. On its way to the desk: your sentence, a link to the message and your name.',

  /** What the desk reads. If the message has no link, its id is given. */
  deskReport: (
    sentence: string,
    by: { id: string; name: string | undefined },
    at: { place: string; message: string | undefined; link: string | undefined },
  ): Inline[] => [
    { bold: 'Reported' },
    ` by ${by.name === undefined ? by.id : `${by.name} (${by.id})`}`,
    ...(at.link === undefined
      ? [` in ${at.place}${at.message === undefined ? '' : `, message ${at.message}`}`]
      : [' · ', { link: at.link, text: 'the message' }]),
    `\n“${sentence}”`,
  ],

  /** `whole` means all of a server or workspace; `changed` is false if nothing changed; `undoLine` switches it back. */
  reportsSwitched: (now: { on: boolean; whole: boolean; changed: boolean }, undoLine: string): Inline[] => [
    `Reports to the desk are ${now.changed ? 'now' : 'already'} ${now.on ? 'on' : 'off'} ${now.whole ? 'in all channels here' : 'in this channel'}. To change that: `,
    { code: undoLine },
  ],
  notInDirectMessage: 'Use this in a channel, not in a direct message.',
  managersOnly:
    'That needs the permission Manage Channels or Manage Server, and the slash command. Nothing was changed.',
  membersOnly:
    'Only members of this workspace can do that, and I can’t tell whether you are one. Nothing was changed.',
  adminsOnly: 'Only an admin can do that for the whole workspace. Nothing was changed.',
}
