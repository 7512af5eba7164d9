import { phrases } from '../../phrases/phrases.ts'

const { discord, everyPlatform } = phrases

/**
 * A refusal: what people can do, for a post and, where it differs, for the change of a message (`edit`). `waitMs` is set
 * where waiting helps, and says for how long. `isCurable` means that a change is worth another try once people have done
 * something. `isDead` means that nothing can be posted in the place any more.
 */
export type Refusal = {
  human?: string
  edit?: string
  waitMs?: number
  isCurable?: true
  isDead?: true
}

const MINUTE_MS = 60_000

const lacksPermission: Refusal = { human: discord.cannotPost, edit: discord.cannotChange, isCurable: true }
const rejected: Refusal = { human: discord.rejected, edit: discord.rejected }
const noMessagesHere: Refusal = { human: discord.takesNoMessages }
const blocked: Refusal = { human: discord.blockedByFilter, isCurable: true }
const tokenRefused: Refusal = { human: discord.notConnected, isCurable: true }
/** Discord's own limits and faults, which pass: nobody has to do anything. */
const passes = (waitMs = MINUTE_MS): Refusal => ({ waitMs, human: discord.refusedForNow })

/**
 * Discord's refusals by code, from docs.discord.com/developers/topics/opcodes-and-status-codes#json. One that is not
 * listed is permanent.
 */
export const REFUSALS: Record<number, Refusal> = {
  10003: { ...lacksPermission, isDead: true },
  10004: { human: discord.botNotOnServer, isCurable: true, isDead: true },
  10008: { human: everyPlatform.messageDeleted },
  20009: blocked,
  // Slow mode, and limits of writing to announcement channels, channels and servers.
  20016: passes(),
  20022: passes(),
  20028: passes(),
  20029: passes(),
  // It is sent with HTTP 429, which says when to try again; without that, an hour is enough.
  30046: { waitMs: 3_600_000, human: discord.oldEditsLimited },
  40001: tokenRefused,
  40003: passes(),
  // Disabled “temporarily”, says Discord.
  40004: passes(5 * MINUTE_MS),
  40006: passes(5 * MINUTE_MS),
  40058: { human: discord.forumTakesNoMessages },
  40062: passes(),
  50001: { ...lacksPermission, isDead: true },
  50005: { human: everyPlatform.messageNotEditable },
  50006: rejected,
  50007: { human: discord.cannotWriteToThem, isCurable: true },
  50008: noMessagesHere,
  50009: { human: discord.verificationTooHigh, isCurable: true },
  50013: lacksPermission,
  50014: tokenRefused,
  50024: noMessagesHere,
  50035: rejected,
  50074: noMessagesHere,
  // An archived thread. A post wakes it by itself, so one that was refused is in a thread that nobody may wake.
  50083: {
    human: discord.threadArchived,
    edit: discord.threadArchivedForChanges,
    isCurable: true,
    isDead: true,
  },
  50278: { human: discord.noCommonServer, isCurable: true },
  110000: passes(),
  110001: passes(),
  130000: passes(),
  160002: { human: discord.cannotReply },
  160005: { human: discord.threadLocked, edit: discord.threadLockedForChanges, isCurable: true },
  // As many threads are active as a server may have: others archive by themselves.
  160006: { waitMs: 10 * MINUTE_MS, human: discord.tooManyThreads },
  160007: { waitMs: 10 * MINUTE_MS, human: discord.tooManyThreads },
  200000: blocked,
  200001: blocked,
  240000: blocked,
}

/** Refusals without a code of their own, by HTTP status. */
export const REFUSALS_BY_STATUS: Record<number, Refusal> = { 401: tokenRefused, 403: lacksPermission }

/** Refusals of a reply that may be about the message that it replies to alone. */
export const REPLY_REFUSALS = [10008, 50024, 50074, 160002]
