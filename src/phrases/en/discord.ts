import type { Inline } from '../../chat/reply.ts'

/** Sentences for Discord alone: why something was not posted or found, and problems with buttons and forms. */
export const discord = {
  cannotPost:
    'I can’t post in this channel. Give nutgraf the permissions View Channel, Send Messages and Embed Links, then try again.',
  cannotReply: 'I can’t reply to messages in this channel. Give nutgraf the permission Read Message History.',
  botNotOnServer: 'nutgraf is not on this server any more. Invite it again.',
  rejected: 'Discord did not accept this answer. It has been logged.',
  cannotWriteToThem: 'I can’t write to that person: their settings do not allow it.',
  takesNoMessages: 'This kind of channel does not accept messages.',
  threadArchived: 'This thread is archived, so I can’t post here.',
  threadLocked: 'This thread is locked, so I can’t post here.',
  threadFull: 'This thread or channel accepts no more messages.',
  blockedByFilter: 'This server’s AutoMod blocked this answer.',
  notConnected: 'nutgraf is no longer connected to Discord. The person who runs it must renew its token.',
  mayNotAttach: 'No picture here: nutgraf lacks the permission Attach Files.',
  /** `permissions` are names as Discord’s settings show them. */
  missingPermissions: (permissions: string[]) => `Give nutgraf here: ${permissions.join(', ')}.`,
  cannotRecognisePosts: 'I can’t recognise my own posts here. Give nutgraf the permission Embed Links.',
  cannotLookBack:
    'I can’t look back here. Give nutgraf the permissions Read Message History and Embed Links.',
  link: 'link',
  buttonNotFound: 'I can’t look up right now what this button asks for. Please press it again in a moment.',
  buttonTooOld: (): Inline[] => [
    'This button is too old: I no longer know what it asks for. What you can ask: ',
    { code: '/nutgraf help' },
  ],
  /** `problems` are whole sentences. */
  notChanged: (problems: string[]) => `${problems.join(' ')} Nothing was changed.`,
}
