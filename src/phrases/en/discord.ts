import type { Inline } from '../../chat/reply.ts'

/** Sentences for Discord alone: why something was not posted or found, and problems with buttons and forms. */
export const discord = {
  cannotPost:
    'I can’t post in this channel. Give nutgraf the permissions View Channel, Send Messages and Embed Links, then try again.',
  cannotChange: 'I can’t change my messages in this channel. Give nutgraf the permission View Channel.',
  cannotReply: 'I can’t reply to messages in this channel. Give nutgraf the permission Read Message History.',
  botNotOnServer: 'nutgraf is not on this server any more. Invite it again.',
  rejected: 'Discord did not accept this answer. It has been logged.',
  cannotWriteToThem: 'I can’t write to that person: their settings do not allow it.',
  noCommonServer: 'I can’t write to that person: they are on no server with nutgraf any more.',
  takesNoMessages: 'This kind of channel does not accept messages.',
  forumTakesNoMessages: 'A forum takes no messages of its own. Use me in one of its posts.',
  verificationTooHigh:
    'I can’t write here: the server’s verification level is too high for nutgraf. Give nutgraf a role there.',
  threadArchived: 'This thread is archived, so I can’t post here.',
  threadArchivedForChanges:
    'The thread is archived, and I can’t open it. Somebody who writes in it opens it again.',
  threadLocked: 'This thread is locked, so I can’t post here.',
  threadLockedForChanges:
    'The thread is locked, so I can’t correct messages in it. A moderator can unlock it.',
  tooManyThreads:
    'The server has as many active threads as Discord allows, so I can’t open an archived one. I try again until others are archived.',
  oldEditsLimited: 'Discord limits edits of messages older than an hour. I go on as soon as it lets me.',
  refusedForNow: 'Discord does not accept messages here for the moment. I try again.',
  blockedByFilter: 'This server’s AutoMod blocked this answer.',
  notConnected: 'nutgraf is no longer connected to Discord. The person who runs it must renew its token.',
  mayNotAttach: 'No picture here: nutgraf lacks the permission Attach Files.',
  /** `permissions` are names as Discord’s settings show them. */
  missingPermissions: (permissions: string[]) => `Give nutgraf here: ${permissions.join(', ')}.`,
  followersGetNothing: 'Channels that follow this one get what I post only if somebody publishes it.',
  cannotRecognisePosts: 'I can’t recognise my own posts here. Give nutgraf the permission Embed Links.',
  cannotLookBack:
    'I can’t look back here. Give nutgraf the permissions Read Message History and Embed Links.',
  mentionMeNotMyRole:
    'Please mention nutgraf itself, not its role: only then does Discord show me what you write.',
  howToAskInReply: (): Inline[] => [
    'I don’t know what that asks for. Mention me with a question, or see what you can ask: ',
    { code: '/nutgraf help' },
  ],
  link: 'link',
  /** Discord closes a form that was submitted. */
  yourLine: 'What you filled in, as a line that you can change and send:',
  yourWords: 'What you filled in:',
  /** `problems` are whole sentences. */
  notChanged: (problems: string[]) => `${problems.join(' ')} Nothing was changed.`,
}
