/**
 * The seam between the product and the platforms it lives on.
 *
 * Terminology
 * - place: a channel or conversation, `slack:T012/C345`, `discord:GUILD/CHANNEL`, `preview:local`.
 *   The word before the first colon names the platform; only that platform splits the rest.
 * - call: one command as typed, with where and by whom.
 * - reply: the neutral document that answers a call (see reply.ts).
 * - post: a reply that the bot puts into a place for all to see; it has a key, so that it exists once.
 * - message: what a post became on its platform; its reference is all that is needed to edit it.
 */
import type { Form, FormValues } from './form.ts'
import type { Block, Inline, Picture, Reply } from './reply.ts'

/** A channel or conversation on one platform. */
export type Place = `${string}:${string}`

/** The platform that a place belongs to. */
export const platformOf = (place: Place): string => place.slice(0, place.indexOf(':'))

/**
 * Who typed a call. `id` is a place-like name (`slack:T1/U1`); `rights` holds what the platform vouches for, and `groups`
 * the groups that it says they are in (`discord:SERVER/ROLE`). `mayPost` is false where the platform says that they may
 * not write in the place themselves: then nothing is posted there for them.
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
 * `at` is when it came in (epoch milliseconds); `audience` who will see the answer unless a flag says otherwise:
 * a slash command answers its caller, a mention answers the place. `pressed` marks the line of a button, which may be
 * older than what there is now; `message` is the message that a call is about.
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
}

/** The most letters of what somebody reports to the desk: one sentence. */
export const MAX_REPORT_CHARACTERS = 300

/** Answers a call; never throws, never rejects: whatever goes wrong has become a polite reply. */
export type Answer = (call: Call) => Reply | Promise<Reply>

/** Suggestions while somebody types the value of an argument: at most 25, from memory. */
export type Suggest = (query: {
  command: string
  subcommand?: string
  argument: string
  typed: string
  at: number
}) => { name: string; value: string }[]

/** A message on a platform: where it stands, its id there, and the message or thread it stands under. */
export type MessageRef = { place: Place; id: string; under?: string }

/** What a platform says of its connection, for `/health`, `/ready` and the first screen. */
export type PlatformState = {
  state: 'connecting' | 'connected' | 'lost' | 'stopped'
  account?: string
  detail?: string
}

/**
 * How a post is made: `key` is its identity (a repeat with the same key is the same post), `under` a thread; `patient`
 * where no clock of the platform runs, so that a picture may take its time.
 */
export type PostOptions = { key: string; under?: string; withoutDeadline?: true; signal?: AbortSignal }

/**
 * Puts a reply into the place of its call for all to see: the one path of every post. Resolves with the message, or
 * with the sentence to show to the caller when it could not be posted; never rejects. `unclear` is the key under which
 * it may stand there all the same.
 */
export type Publish = (
  call: Call,
  reply: Reply,
  options: { key: string; under?: string; withoutDeadline?: true },
) => Promise<{ message: MessageRef } | { problem: Reply; unclear?: string }>

/** What became of a call: an answer, a reason why there is none, a post, or one of the ways in which it went wrong. */
export type CallOutcome = 'answered' | 'refused' | 'posted' | 'unposted' | 'late' | 'failed'

/**
 * What a place receives by itself, as a form. `asks` says whether a call asks for it, and for which; `form` resolves with a reply for whoever may only look; `line` gives the
 * line that stands for a filled form, or what is wrong in which field. `about` is the field that says what it is about.
 */
export type DigestSettings = {
  command: string
  subjectField: string
  matchCall(call: Call): { name?: string } | undefined
  buildForm(call: Call, name?: string): Promise<Form | Reply>
  lineFor(filled: FormValues): { line: string } | { problems: Record<string, string> }
}

/**
 * What everybody may know, for a page of ours. `within` is what all its places begin with; `where` says how a place is
 * called where whoever looks may know of it.
 */
export type Overview = (asked: {
  placePrefix: string
  at: number
  placeName(place: Place): Promise<Inline | undefined>
}) => Promise<{ title: string; blocks: Block[] }[]>

/** What a platform is handed when it starts; `counted` hears of each call when its answer is ready. It never throws. */
export type Handlers = {
  answer: Answer
  suggest: Suggest
  publish: Publish
  countCall?(call: Call, outcome: CallOutcome): void
  settings?: DigestSettings
  /** Whether the words of a message stand in our sources. */
  checkMessage?(call: Call, message: string): Promise<Reply>
  overview?: Overview
}

/**
 * Lines that have no room in a button of a platform, kept under short keys: so buttons work after a restart and in
 * another process.
 */
export type ButtonLines = {
  save(lines: { key: string; line: string }[]): Promise<void>
  find(key: string): Promise<string | undefined>
}

/** Where log lines go; `details` never hold a secret. */
export type Log = Record<'debug' | 'info' | 'warn' | 'error', (details: object, message: string) => void>

/** What a place shares its rate limit with, and how fast both may be written to: one request every so many ms. */
export type Pace = { lane: string; laneMs: number; placeMs: number }

/** What a platform knows of whoever types: name, own zone, whether they are only a guest, and whether
 * they run the workspace; absent where unknown. */
export type CallerInfo = { name?: string; zone?: string; guest?: boolean; admin?: boolean }

/**
 * What we may do in a place: post there, correct what we posted, and look whether a post of ours stands there. `name`
 * is what the place is called, `why` what to do where we may not do all of it.
 */
export type Access = { post: boolean; correct: boolean; look: boolean; name?: string; why?: string }

/**
 * One chat platform. All of it that the product uses. `repeatsMs` is for how long a post that is repeated under the
 * same key becomes the same message, by the platform's own promise; `pace` is absent where nothing limits posts, and
 * may count edits apart.
 */
export type Platform = {
  name: string
  deduplicatesForMs?: number
  pace?(place: Place, edit?: boolean): Pace
  /** Without handlers it only posts, and holds no connection open. */
  start(handlers?: Handlers): Promise<void>
  state(): PlatformState
  post(place: Place, reply: Reply, options: PostOptions): Promise<MessageRef>
  /** `key` is that of the post. */
  edit(message: MessageRef, reply: Reply, how?: { key: string }): Promise<void>
  findPost(
    place: Place,
    key: string,
    range: { since: number; under?: string },
  ): Promise<MessageRef | undefined>
  /** Never rejects: what cannot be learned is absent. */
  lookUpCaller?(caller: Caller): Promise<CallerInfo>
  /** Whether somebody is in a group that calls do not tell of (`slack:T1/S1`). Never rejects: not to be told is no. */
  isInGroup?(caller: Caller, group: string): Promise<boolean>
  checkAccess?(place: Place): Promise<Access>
  /** Where a browser finds a message. */
  link?(message: MessageRef): string | undefined
  stop(): Promise<void>
}

/**
 * A post, edit or look-up that a platform refused or that failed on the way.
 * `outcome` is `unsent` when the platform certainly did not take it, `unknown` when nobody can say.
 * `retryInMs` says when to try again; absent means never (channel gone, bot removed).
 * `human` is a sentence for people: what to do about it.
 */
export class DeliveryError extends Error {
  override name = 'DeliveryError'
  readonly outcome: 'unsent' | 'unknown'
  readonly retryInMs?: number
  readonly human?: string

  constructor(
    message: string,
    details: { outcome: 'unsent' | 'unknown'; retryInMs?: number; human?: string; cause?: unknown },
  ) {
    super(message, { cause: details.cause })
    this.outcome = details.outcome
    if (details.retryInMs !== undefined) this.retryInMs = details.retryInMs
    if (details.human !== undefined) this.human = details.human
  }
}

/** Draws a reply as the exact JSON that a platform would be sent; pure. `bot.ts` hands the list to the preview. */
export type PlatformRenderer = { name: string; render(reply: Reply): unknown }

/** Paints a picture as PNG; rejects where a letter of it cannot be painted. The same picture is the same bytes. */
export type Paint = (picture: Picture) => Promise<Uint8Array>
