/**
 * The interface between the product and the chat platforms it runs on.
 *
 * Terminology
 * - place: a channel or conversation, `slack:T012/C345`, `discord:GUILD/CHANNEL`, `preview:local`.
 *   The word before the first colon names the platform; only that platform splits the rest.
 * - call: one command as typed, with its place and its caller.
 * - reply: the neutral document that answers a call (see reply.ts).
 * - post: a reply that the bot puts into a place for all to see; its key ensures that it exists only once.
 * - message: a post as it exists on its platform; its reference is all that is needed to edit it.
 */
import type { Access, RepairClass } from './access.ts'
import type { CallerInfo } from './caller-info.ts'
import type { Form, FormValues } from './form.ts'
import type { Block, Inline, Picture, Reply } from './reply.ts'

/** A channel or conversation on one platform. */
export type Place = `${string}:${string}`

/** The platform that a place belongs to. */
export const platformOf = (place: Place): string => place.slice(0, place.indexOf(':'))

/**
 * Who typed a call. `id` is a place-like name (`slack:T1/U1`); `rights` and `groups` (`discord:SERVER/ROLE`) are what
 * the platform vouches for. `mayPost` is false if the platform says that they may not write in the place themselves:
 * then nothing is posted there for them.
 */
export type Caller = {
  id: string
  name?: string
  zone?: string
  rights: ('manage' | 'member')[]
  groups?: string[]
  mayPost?: false
}

/**
 * One command as typed: `/lawsuit summary` is `{command: 'lawsuit', text: 'summary'}`.
 * `at` is when it arrived (epoch milliseconds); `audience` is who sees the answer unless a flag says otherwise:
 * a slash command answers its caller, a mention answers the place. `fromButton` marks the line of a button, which may
 * be older than the current content; `message` is the message that a call is about. `later` shows its caller alone what
 * became of work that took longer than an answer may; it never rejects, and is absent where a platform cannot do that.
 */
export type Call = {
  command: string
  text: string
  place: Place
  caller: Caller
  audience: 'caller' | 'place'
  at: number
  fromButton?: true
  message?: MessageRef
  later?(reply: Reply): Promise<void>
}

/** The maximum length of a report to the desk: room for one long sentence. */
export const MAX_REPORT_CHARACTERS = 300

/** Answers a call. It never throws and never rejects: errors become polite replies. */
export type Answer = (call: Call) => Reply | Promise<Reply>

/** Suggests values while somebody types an argument: at most 25 (Discord's limit), from memory, without I/O. */
export type Suggest = (query: {
  command: string
  subcommand?: string
  argument: string
  typed: string
  at: number
}) => { name: string; value: string }[]

/** A message on a platform: its place, its id there, and the message or thread that it is under. */
export type MessageRef = { place: Place; id: string; under?: string }

/** The state of a platform's connection, for `/health`, `/ready` and the startup screen. */
export type PlatformState = {
  state: 'connecting' | 'connected' | 'lost' | 'stopped'
  account?: string
  detail?: string
}

/**
 * How to post: `key` is the post's identity (a repeat with the same key is the same post), `under` a thread.
 * `withoutDeadline` says that the platform is not waiting for an answer, so that a picture may take its time, at most
 * `pictureWithinMs`; `triedAgain` says that a post that has to wait for its picture is tried again later.
 */
export type PostOptions = {
  key: string
  under?: string
  withoutDeadline?: true
  pictureWithinMs?: number
  triedAgain?: true
  signal?: AbortSignal
}

/**
 * Posts a reply in the place of its call for all to see; every answer that is shared takes this path. Resolves with the
 * message, or with a reply that tells the caller why it could not be posted; never rejects. `unclear` is the key of a
 * post that may have been made all the same. With `mayBeLate` nobody waits for the post (an answer to a mention): where
 * the platform asks us to wait, it stays in the ledger and is posted in its turn; `waits` says so. With `pictureWithinMs`
 * its caller has the words already, and waits so long for the picture.
 */
export type Publish = (
  call: Call,
  reply: Reply,
  options: {
    key: string
    under?: string
    withoutDeadline?: true
    mayBeLate?: true
    pictureWithinMs?: number
  },
) => Promise<{ message: MessageRef } | { problem: Reply; unclear?: string; waits?: true }>

/** The outcome of a call: an answer, a refusal, a post, or one of the ways to fail. */
export type CallOutcome = 'answered' | 'refused' | 'posted' | 'unposted' | 'late' | 'failed'

/**
 * The digest settings of a place, as a form. `matchCall` says whether a call asks for the form, and for which digest;
 * `buildForm` resolves with a reply for callers who may only look; `lineFor` turns a filled form into its typed line,
 * or says what is wrong with which field. `subjectField` is the field that chooses the digest.
 */
export type DigestSettings = {
  command: string
  subjectField: string
  matchCall(call: Call): { name?: string } | undefined
  buildForm(call: Call, name?: string): Promise<Form | Reply>
  lineFor(filled: FormValues): { line: string } | { problems: Record<string, string> }
}

/**
 * A form for something else that a line does. The names of its forms begin with `prefix`, and `title` stands above them, in
 * at most 24 characters. The subject, such as the item that a form is about, is the name of the form and no field.
 */
export type FormSource = DigestSettings & { prefix: string; title: string }

/**
 * Builds the overview page, with nothing on it that not everybody may know. All its places begin with `placePrefix`;
 * `placeName` resolves with the name of a place, or undefined if the viewer may not know of it.
 */
export type Overview = (asked: {
  placePrefix: string
  at: number
  placeName(place: Place): Promise<Inline | undefined>
}) => Promise<{ title: string; blocks: Block[] }[]>

/** What a platform gets when it starts. `countCall` runs for each call when its answer is ready; it never throws. */
export type Handlers = {
  answer: Answer
  suggest: Suggest
  publish: Publish
  countCall?(call: Call, outcome: CallOutcome): void
  settings?: DigestSettings
  /** The forms of other lines. */
  forms?: FormSource[]
  /** Checks whether the words of a message are in our sources. */
  checkMessage?(call: Call, message: string): Promise<Reply>
  overview?: Overview
}

/**
 * Stores lines that are too long for a platform's buttons, under short keys, so that the buttons work after a restart
 * and in another process.
 */
export type ButtonLines = {
  save(lines: { key: string; line: string }[]): Promise<void>
  find(key: string): Promise<string | undefined>
}

/** Writes log lines; `details` must never contain a secret. */
export type Log = Record<'debug' | 'info' | 'warn' | 'error', (details: object, message: string) => void>

/** The rate limits of a place: the lane it shares a limit with, and the ms between two requests to each of them. */
export type Pace = { lane: string; laneMs: number; placeMs: number }

/**
 * One chat platform: everything that the product uses of it. `deduplicatesForMs` is how long the platform itself
 * promises that a repeated key gives the same message; `pace` is absent if nothing limits posts, and may give edits a
 * limit of their own.
 */
export type Platform = {
  name: string
  deduplicatesForMs?: number
  pace?(place: Place, edit?: boolean): Pace
  /** How messages get right in a place. Absent where each of them can be edited. */
  repairs?(place: Place): RepairClass
  /**
   * Connects. Without handlers, it only posts and keeps no connection open. Rejects with a `StartFailure`, and may be
   * called again after that.
   */
  start(handlers?: Handlers): Promise<void>
  state(): PlatformState
  post(place: Place, reply: Reply, options: PostOptions): Promise<MessageRef>
  /** `key` is the key of the post, `triedAgain` as in `PostOptions`. */
  edit(message: MessageRef, reply: Reply, options?: { key: string; triedAgain?: true }): Promise<void>
  findPost(
    place: Place,
    key: string,
    range: { since: number; under?: string },
  ): Promise<MessageRef | undefined>
  /** Never rejects: unknown facts are absent. */
  lookUpCaller?(caller: Caller): Promise<CallerInfo>
  /** Whether a caller is in a group that calls do not mention (`slack:T1/S1`). Never rejects: unknown is false. */
  isInGroup?(caller: Caller, group: string): Promise<boolean>
  checkAccess?(place: Place): Promise<Access>
  /** The address of a message in a browser. */
  link?(message: MessageRef): string | undefined
  stop(): Promise<void>
}

/**
 * A post, edit or look-up that a platform refused or that failed on the way.
 * `outcome` is `unsent` if the platform certainly did not accept it, `unknown` if that is unclear.
 * `retryInMs` says when to try again; absent means never (channel gone, bot removed).
 * `human` is a sentence for people that says what to do.
 * `deadPlace` says that nothing at all can be posted in the place: it is gone, archived, or the bot was removed.
 * `curable` says that a change of a message is worth another try once people have done what `human` says.
 */
export class DeliveryError extends Error {
  override name = 'DeliveryError'
  readonly outcome: 'unsent' | 'unknown'
  readonly retryInMs?: number
  readonly human?: string
  readonly deadPlace?: true
  readonly curable?: true

  constructor(
    message: string,
    details: {
      outcome: 'unsent' | 'unknown'
      retryInMs?: number
      human?: string
      deadPlace?: boolean
      curable?: boolean
      cause?: unknown
    },
  ) {
    super(message, { cause: details.cause })
    this.outcome = details.outcome
    if (details.retryInMs !== undefined) this.retryInMs = details.retryInMs
    if (details.human !== undefined) this.human = details.human
    if (details.deadPlace) this.deadPlace = true
    if (details.curable) this.curable = true
  }
}

/** Renders a reply as the exact JSON that a platform would receive; pure. The preview shows the list of them. */
export type PlatformRenderer = { name: string; render(reply: Reply): unknown }

/** Paints a picture as PNG; rejects if a character cannot be painted. The same picture gives the same bytes. */
export type Paint = (picture: Picture) => Promise<Uint8Array>
