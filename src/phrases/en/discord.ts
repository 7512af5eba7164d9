import type { Inline } from '../../chat/reply.ts'

/** What is said on Discord alone: why something was not posted or not found, and what became of a button or form. */
export const discord = {
  cannotPost:
    'I can’t post in this channel. Give nutgraf the permissions View Channel, Send Messages and Embed Links, then try again.',
  botNotOnServer: 'nutgraf is not on this server any more. Invite it again.',
  rejected: 'Discord did not take this answer. It has been logged.',
  cannotWriteToThem: 'I can’t write to that person: their settings do not allow it.',
  takesNoMessages: 'This kind of channel takes no messages.',
  threadArchived: 'This thread is archived, so I can’t post here.',
  threadLocked: 'This thread is locked, so I can’t post here.',
  threadFull: 'This thread or channel takes no more messages.',
  blockedByFilter: 'A filter of this server keeps this answer out.',
  notConnected: 'nutgraf is no longer connected to Discord. Whoever runs it has to renew its token.',
  mayNotAttach: 'No picture here, since nutgraf lacks the permission Attach Files.',
  /** `permissions` are names as Discord’s settings show them. */
  missingPermissions: (permissions: string[]) => `Give nutgraf here: ${permissions.join(', ')}.`,
  cannotRecognisePosts: 'I can’t tell my own posts apart here. Give nutgraf the permission Embed Links.',
  cannotLookBack:
    'I can’t look back here. Give nutgraf the permissions Read Message History and Embed Links.',
  link: 'link',
  buttonNotFound: 'I can’t look up right now what this button asks for. Please press it again in a moment.',
  buttonTooOld: (): Inline[] => [
    'This button is too old: I no longer know what it asks for. All you can ask: ',
    { code: '/nutgraf help' },
  ],
  /** `problems` are whole sentences. */
  notChanged: (problems: string[]) => `${problems.join(' ')} Nothing was changed.`,
}
