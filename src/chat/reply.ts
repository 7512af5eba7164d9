/**
 * What an answer is: a neutral document that every platform draws in its own way.
 * Commands build it, renderers read it; nobody parses markup after `content/load.ts`.
 */

/** A run of text. A bare string is data: each renderer escapes it, always. */
export type Inline =
  | string
  | { bold: string }
  | { italic: string }
  | { code: string }
  | { link: string; text: string }
  | { time: number; style: 'date' | 'time' | 'datetime' }

/** A numbered source as it stands under an answer. */
export type NumberedSource = { number: number; name: string; url?: string }

/**
 * One piece of an answer.
 * `quote` is one unit that no renderer parts: the words, who said them and the editor's note. `marks` is false
 * for words that are an outlet's own report and must not look like a quotation.
 * `sources` names what the answer rests on. `line` gives the numbers (`Sources 1, 4 · checked 22 Nov 2026`) and is always
 * shown; the addresses are shown where there is room.
 * `picture` is painted where that can be done. `says` is the same in words: it stands in plain text, and wherever there
 * is no picture. `alt` is all that can be read in the picture, in at most `MAX_ALT` letters. A reply has at most one.
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
 * A picture as plain data: a `card` is one quotation, `about` the lines below it (speaker first); a `chart` is dated
 * events, oldest first. `label` and `foot` tell inside it how old it is and what it belongs to, since a picture travels
 * without its message.
 */
export type Picture = { label: string; foot: string; dark?: true } & (
  | { kind: 'card'; words: string; marks: boolean; about: string[]; note?: string }
  | { kind: 'chart'; title: string; events: { date: string; text: string }[] }
)

/** How far a story reaches. */
export type StoryState = 'developing' | 'settled' | 'archived'

/**
 * The first line of every reply that shows story content: state and dates. Nobody can switch it off. `warnings` is how
 * many letters of it say that the story was corrected or not checked of late: they take no room from the answer.
 */
export type Label = { state: StoryState; line: string; warnings?: number }

/** A button: a short label and the typed line that it stands for, run with the rights of whoever presses it. */
export type Button = { label: string; line: string }

/**
 * The answer to one call.
 * `asked` is the line that asks for it, in our own words: only there where it may be printed for all to see.
 * `corrections` are lines that tell what was corrected in this very message since it was posted; they come first.
 * `parts` are the ids of what it shows (`lawsuit/quote:sessions-1`), so that a correction can find it.
 * `audience` says who may see it: the caller alone, or the whole place.
 * `refusal` marks a reply that says why there is no answer: it is never posted for all to see unasked.
 * `missing` marks a refusal because what was asked for is not there: an old button that leads to it says so.
 * `guide` marks a page of help, a list of stories, a preview or a check of words: it helps whoever asked, and nobody is
 * offered to share it.
 */
export type Reply = {
  label?: Label
  title?: string
  corrections?: Inline[][]
  blocks: Block[]
  buttons?: Button[]
  canonicalLine?: string
  parts: string[]
  audience: 'caller' | 'place'
  refusal?: true
  notFound?: true
  guide?: true
}

/** The most characters of an answer, as plain text, that a phone shows without effort. More than that pages. */
export const PHONE_BUDGET = 900

/** Room that every message keeps for what is corrected in it, in letters as platforms write them. */
export const CORRECTION_RESERVE = 600

/** The most letters of the description of a picture: Discord takes 1,024, Slack 2,000. */
export const MAX_ALT = 1_024

/** The most of them without the warnings in its label, for which it keeps room: one may come any day. */
export const ALT_BUDGET = 960

/** The most buttons under an answer. */
export const MAX_BUTTONS = 3

/** A paragraph of text. */
export const text = (...runs: Inline[]): Block => ({ kind: 'text', text: runs })

/** Small print: an editor's note, a page number, a hint. */
export const note = (...runs: Inline[]): Block => ({ kind: 'note', text: runs })

/** A list, one item a line. */
export const list = (items: Inline[][]): Block => ({ kind: 'list', items })

/** A reply that says why there is no answer, and what to do instead. */
export function refusal(sentence: Inline[], ...more: Block[]): Reply {
  return { blocks: [text(...sentence), ...more], parts: [], audience: 'caller', refusal: true }
}

/** A reply that says that what was asked for is not there. */
export const notFoundRefusal = (sentence: Inline[]): Reply => ({ ...refusal(sentence), notFound: true })

/** A reply with its picture replaced by what it says in words. */
export const withPictureAsText = (reply: Reply): Reply =>
  reply.blocks.some(isPicture)
    ? { ...reply, blocks: reply.blocks.flatMap(block => (isPicture(block) ? block.fallback : [block])) }
    : reply

/** The picture of a reply, with its description. */
export const pictureOf = (reply: Reply): PictureBlock | undefined => reply.blocks.find(isPicture)

/** A picture as it stands in a reply. */
export type PictureBlock = Extract<Block, { kind: 'picture' }>

const isPicture = (block: Block): block is PictureBlock => block.kind === 'picture'

/** Words as they are printed: in quotation marks, or bare where they are an outlet's own. */
export const printedWords = (quote: { words: string; marks: boolean }) =>
  quote.marks ? `“${quote.words}”` : quote.words

/** For `switch` over kinds: the compiler refuses a kind that nobody handles. */
export function assertNever(value: never): never {
  throw new Error(`reply: unknown kind: ${JSON.stringify(value)}`)
}
