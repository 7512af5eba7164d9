import type { Inline } from '../../chat/reply.ts'

/** Sentences for Slack alone: why something was not posted, and the texts of its forms and Home tab. */
export const slack = {
  invite: 'I can’t post in this channel. Type /invite @nutgraf, then send this again.',
  cannotPostArchived: 'This channel is archived, so I can’t post here.',
  workspaceRuleForbids: 'This workspace does not allow me to post here. An administrator can change that.',
  onlyInThreads: 'This channel accepts only replies in threads, so I can’t post here.',
  noThreads: 'This channel has no threads, so I can’t reply here.',
  threadLocked: 'This thread is locked, so I can’t post here.',
  cannotWriteThere: 'I can’t write to that conversation.',
  notInstalled: 'nutgraf is no longer connected to this workspace. An administrator must install it again.',
  scopeMissing: 'nutgraf lacks a permission here. An administrator must install it again from its manifest.',
  messageTooOld: 'This workspace does not allow editing messages this old.',
  rejected: 'Slack did not accept this answer. It has been logged.',
  mayNotUpload: 'No picture here: nutgraf lacks the permission files:write. An administrator can allow it.',
  howToInvite: 'Type /invite @nutgraf.',
  isArchived: 'This channel is archived.',
  adminCanAllow: (permission: string) => `An administrator can allow it: the permission is ${permission}.`,
  sources: (numbers: Inline[], count: number): Inline[] => [count === 1 ? 'Source ' : 'Sources ', ...numbers],
  aboutCheck: 'Are these exact words in our sources? Only you see the answer',
  aboutReport: 'Tell the editors’ desk in one sentence what is wrong in a nutgraf message',
  close: 'Close',
  send: 'Send',
  oneMoment: 'One moment …',
  digestSettings: 'Digest settings',
  settingsNotOpened: (): Inline[] => [
    'Slack did not open the form. What this channel gets: ',
    { code: '/digest status' },
    ' · How to change it: ',
    { code: '/digest help' },
  ],
  reportNotOpened: (): Inline[] => [
    'Slack did not open the form. You can report it in a sentence: ',
    { code: '/nutgraf report …' },
  ],
  homeNotLoaded: 'I can’t load this page right now. Please open it again in a moment.',
  inThisConversation: 'in this conversation',
}
