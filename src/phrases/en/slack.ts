import type { Inline } from '../../chat/reply.ts'

/** What is said on Slack alone: why something was not posted, and what stands in its forms and on its Home tab. */
export const slack = {
  invite: 'I can’t post in this channel. Type /invite @nutgraf, then send this again.',
  cannotPostArchived: 'This channel is archived, so I can’t post here.',
  workspaceRuleForbids:
    'A rule of this workspace keeps me from posting here. An administrator can change it.',
  cannotWriteThere: 'I can’t write to that conversation.',
  notInstalled: 'nutgraf is no longer connected to this workspace. An administrator has to install it again.',
  scopeMissing:
    'nutgraf lacks a permission here. An administrator has to install it again from its manifest.',
  messageTooOld: 'This workspace lets nobody change a message that is so old.',
  rejected: 'Slack did not take this answer. It has been logged.',
  mayNotUpload:
    'No picture here, since nutgraf lacks the permission files:write. An administrator can allow it.',
  howToInvite: 'Type /invite @nutgraf.',
  isArchived: 'This channel is archived.',
  adminCanAllow: (permission: string) => `An administrator can allow it: the permission is ${permission}.`,
  sources: (numbers: Inline[], count: number): Inline[] => [count === 1 ? 'Source ' : 'Sources ', ...numbers],
  aboutCheck: 'Do these exact words stand in our sources? Only you see the answer',
  aboutReport: 'Tell the editors’ desk in one sentence what is wrong in a message of nutgraf',
  close: 'Close',
  send: 'Send',
  oneMoment: 'One moment …',
  digestSettings: 'Digest settings',
  settingsNotOpened: (): Inline[] => [
    'Slack did not open the form. What comes here: ',
    { code: '/digest status' },
    ' · How to change it: ',
    { code: '/digest help' },
  ],
  reportNotOpened: (): Inline[] => [
    'Slack did not open the form. You can tell it in a sentence: ',
    { code: '/nutgraf report …' },
  ],
  homeNotLoaded: 'I can’t load this page right now. Please open it again in a moment.',
  inThisConversation: 'in this conversation',
}
