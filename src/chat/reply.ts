/**
 * A reply is a neutral document that every platform renders in its own way.
 * Commands build it, renderers read it. Markup is parsed only once, when the content is loaded (src/content/read/).
 */

/** A run of text. A bare string is data: every renderer always escapes it. */
export type Inline =
  | string
  | { bold: string }
  | { italic: string }
  | { code: string }
  | { link: string; text: string }
  | { time: number; style: 'date' | 'time' | 'datetime' }

/** A numbered source under an answer. */
export type NumberedSource = { number: number; name: string; url?: string }

/**
 * One piece of an answer.
 * `quote` is a unit that no renderer splits: the words, who said them and the editor's note. `marks` is false
 * for words that are an outlet's own report and must not look like a quotation.
 * `sources` names what the answer rests on. `line` gives the numbers (`Sources 1, 4 · checked 22 Nov 2026`) and is
 * always shown; the addresses are shown if there is room.
 * `picture` is painted if possible. `fallback` says the same in words, for plain text and for places without pictures.
 * `alt` is all the text in the picture, in at most `MAX_ALT` characters. A reply has at most one picture.
 */
export type Block =
  | { kind: 'text'; text: Inline[] }
  | { kind: 'quote'; words: string; marks: boolean; attribution: Inline[]; note?: Inline[] }
  | { kind: 'list'; items: Inline[][] }
  | { kind: 'fields'; fields: { name: string; value: Inline[] }[] }
  | { kind: 'picture'; picture: Picture; alt: string; fallback: Block[] }
  | { kind: 'note'; text: Inline[] }
  | { kind: 'sources'; sources: NumberedSource[]; line: string; checked?: string }
  | { kind: 'divider' }

/**
 * A picture as plain data: a `card` is one quotation, with `about` as the lines below it (speaker first); a `chart` is
 * dated events, oldest first. `label` and `foot` show the picture's age and subject inside it, because pictures are
 * passed on without their message.
 */
export type Picture = { label: string; foot: string; dark?: true } & (
  | { kind: 'card'; words: string; marks: boolean; about: string[]; note?: string }
  | { kind: 'chart'; title: string; events: { date: string; text: string }[] }
)

/** Whether a story is still going on. */
export type StoryState = 'developing' | 'settled' | 'archived'

/**
 * The first line of every reply that shows story content: state and dates. It cannot be turned off. `warnings` is
 * how many of its characters say that the story was corrected, or not checked recently: they do not count towards the
 * phone budget.
 */
export type Label = { state: StoryState; line: string; warnings?: number }

/**
 * A button: a short label, and the line that it runs with the rights of the person who presses it. `turns` marks one that
 * shows another page or item of the same list: in a private message, its answer takes the place of the message.
 */
export type Button = { label: string; line: string; turns?: true }

/** A menu: what it is for, and options to pick one of, each a short label and the line that it runs, as with buttons. */
export type Menu = { label: string; options: Button[] }

/**
 * The answer to one call.
 * `lead` is a line above the label: the news, in a post that notifies, or how a typed line was read.
 * `canonicalLine` is the line that asks for it, in our own words; present only if it may be printed for all to see.
 * `corrections` are lines about what was corrected in this message since it was posted; they are shown first.
 * `parts` are the ids of what it shows (`lawsuit/quote:sessions-1`), so that a correction can find it.
 * `audience` says who may see it: only the caller, or the whole place.
 * `refusal` marks a reply that says why there is no answer: it is never posted for all to see unless asked for.
 * `notFound` marks a refusal because what was asked for does not exist: a button that leads to it is out of date.
 * `unread` marks a refusal because words of the line were not understood: they may be plain words.
 * `previews` lets the platform show what is behind the link of the first line; without it no link is previewed.
 * `guide` marks a page of help, a list of stories, a preview or a check of words: it helps only the caller, so it has
 * no button to share it.
 * `aside` marks a line about nothing but the caller, such as one to a greeting: where a platform can, it answers a question
 * that everybody reads with it in private.
 */
export type Reply = {
  lead?: Inline[]
  label?: Label
  title?: string
  corrections?: Inline[][]
  blocks: Block[]
  buttons?: Button[]
  menus?: Menu[]
  canonicalLine?: string
  parts: string[]
  audience: 'caller' | 'place'
  refusal?: true
  notFound?: true
  unread?: true
  previews?: true
  guide?: true
  aside?: true
}

/** The maximum length of an answer as plain text: more than that is too much for a phone, so longer answers page. */
export const PHONE_BUDGET = 900

/** Characters that every message keeps free for later corrections, counted as platforms write them. */
export const CORRECTION_RESERVE = 600

/** The maximum length of a picture's alt text: Discord allows 1,024 characters, Slack 2,000. */
export const MAX_ALT = 1_024

/** Maximum alt text without warnings. The rest of the limit is kept free for a warning that is added later. */
export const ALT_BUDGET = 960

/** The maximum number of buttons of an answer. */
export const MAX_BUTTONS = 3

/** The maximum number of buttons under a message: those of the answer, and one that shares it. */
export const MAX_BUTTONS_WITH_SHARE = MAX_BUTTONS + 1

/** The maximum number of menus under an answer. */
export const MAX_MENUS = 2

/** The maximum number of options in a menu: Discord's limit; Slack allows 100. */
export const MAX_OPTIONS = 25

/** A paragraph of text. */
export const text = (...runs: Inline[]): Block => ({ kind: 'text', text: runs })

/** Small print: an editor's note, a page number, a hint. */
export const note = (...runs: Inline[]): Block => ({ kind: 'note', text: runs })

/** A list, one item per line. */
export const list = (items: Inline[][]): Block => ({ kind: 'list', items })

/** A reply that says why there is no answer, and what to do instead. */
export function refusal(sentence: Inline[], ...more: Block[]): Reply {
  return { blocks: [text(...sentence), ...more], parts: [], audience: 'caller', refusal: true }
}

/** A refusal because what was asked for does not exist. */
export const notFoundRefusal = (sentence: Inline[]): Reply => ({ ...refusal(sentence), notFound: true })

/** A reply with its picture replaced by its text. */
export const withPictureAsText = (reply: Reply): Reply =>
  reply.blocks.some(isPicture)
    ? { ...reply, blocks: reply.blocks.flatMap(block => (isPicture(block) ? block.fallback : [block])) }
    : reply

/** The picture block of a reply, if it has one. */
export const pictureOf = (reply: Reply): PictureBlock | undefined => reply.blocks.find(isPicture)

/** The block of a picture: the picture, its alt text and its text fallback. */
export type PictureBlock = Extract<Block, { kind: 'picture' }>

/** The block of the sources under an answer. */
export type SourcesBlock = Extract<Block, { kind: 'sources' }>

/** The block of small print. */
export type NoteBlock = Extract<Block, { kind: 'note' }>

const isPicture = (block: Block): block is PictureBlock => block.kind === 'picture'

/** Words as they are printed: in quotation marks, or bare if they are an outlet's own. */
export const printedWords = (quote: { words: string; marks: boolean }) =>
  quote.marks ? `“${quote.words}”` : quote.words

/** Ends a `switch` over kinds: the compiler refuses a kind that is not handled. */
export function assertNever(value: never): never {
  throw new Error(`reply: unknown kind: ${JSON.stringify(value)}`)
}
