import type { Inline } from '../../chat/reply.ts'
import { thousands } from './counting.ts'

/** What is said when somebody tells the desk of a mistake, and when that is switched off or on. */
export const report = {
  neverPublic: 'A report goes to the desk alone. Send it without --public.',
  /** `menu` says that a message has a menu with that entry. */
  howTo: (menu: boolean): Inline[] => [
    'Tell the desk in one sentence what is wrong: ',
    { code: '/nutgraf report The date in the summary is that of the ruling, not of the order' },
    menu
      ? '. Or choose “Report an error” in the menu of a message of mine: then the desk sees which one it is.'
      : '.',
  ],
  needsBot: 'Reports need a running bot, and this is a single answer.',
  noDesk:
    'There is no desk that I can reach: whoever runs this bot has not named its channel (DESK_CHANNEL). Nothing was sent.',
  storeUnavailable: 'I can’t write anything down right now. Nothing was sent; please try again in a moment.',
  tooLong: (length: number, most: number) =>
    `That has ${thousands(length)} characters; one sentence of at most ${most} is enough. The desk can ask you.`,
  reportsOff: 'Reports are switched off here. Nothing was sent.',
  rateLimited: (wait: { minutes: number } | { hours: number }) =>
    `Everybody can send three reports a day. Nothing was sent; the next one is possible in ${'hours' in wait ? `${wait.hours} h` : `${wait.minutes} min`}.`,
  thanks: 'Thank you. On its way to the desk: your sentence and your name.',
  thanksForMessage: 'Thank you. On its way to the desk: your sentence, a link to the message and your name.',

  /** What the desk reads. Of a message without a link it is told the id. */
  deskReport: (
    said: string,
    by: { id: string; name: string | undefined },
    at: { place: string; message: string | undefined; link: string | undefined },
  ): Inline[] => [
    { bold: 'Reported' },
    ` by ${by.name === undefined ? by.id : `${by.name} (${by.id})`}`,
    ...(at.link === undefined
      ? [` in ${at.place}${at.message === undefined ? '' : `, message ${at.message}`}`]
      : [' · ', { link: at.link, text: 'the message' }]),
    `\n“${said}”`,
  ],

  /** `whole` is all of a server or workspace, `changed` is false where it was so before, `back` is the way back. */
  reportsSwitched: (now: { on: boolean; whole: boolean; changed: boolean }, back: string): Inline[] => [
    `Reports to the desk are ${now.changed ? 'now' : 'already'} ${now.on ? 'on' : 'off'} ${now.whole ? 'in all channels here' : 'in this channel'}. `,
    { code: back },
    ' changes that.',
  ],
  notInDirectMessage: 'A direct message belongs to no server. Ask in one of its channels.',
  managersOnly:
    'That takes the permission Manage Channels or Manage Server, and the slash command. Nothing was changed.',
  membersOnly: 'Members of this workspace can do that; I can’t see that you are one. Nothing was changed.',
  adminsOnly: 'Only an admin of this workspace can do that for all of it. Nothing was changed.',
}
