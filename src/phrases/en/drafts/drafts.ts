import type { Inline } from '../../../chat/reply.ts'
import { plural, thousands } from '../counting.ts'

/** Sentences of `/desk import`, and of `/desk draft` about a draft as a whole: what was found on a page. */
export const drafts = {
  aboutImport: 'Read a page and draft what it holds: quotations, dates, people. Adds nothing to a story',
  aboutDraft: 'The drafts, or one of them: confirm, correct or leave out what was found',
  aboutAddress: 'The address of the page',
  aboutSlug: 'Which draft; leave it out to see all',
  aboutAct: 'What to do: confirm, leave, speaker, event or undo',
  aboutPiece: 'Which piece, such as q1; with confirm also: sure; with leave also: rest',
  exampleImport: (story: string): Inline[] => [
    { code: `/desk import https://… --into ${story}` },
    ' · drafts what a page holds, for you to confirm',
  ],
  exampleDraft: (): Inline[] => [{ code: '/desk draft' }, ' · the drafts that wait'],

  whichAddress: (): Inline[] => [
    'Which page? ',
    { code: '/desk import https://example.org/article --into story' },
  ],
  whichStory: (line: string): Inline[] => [
    'For which story? Choose one, or add ',
    { code: '--into NAME' },
    '; for a new story, name it: ',
    { code: `${line} --as NAME` },
  ],
  chooseStory: 'For which story?',
  noAddress: 'That is no address of a page: it begins with https:// or http://. Nothing was read.',
  noReader: 'Pages are read by a running bot. Nothing was read.',
  badName: 'After --as goes a short name: lower-case letters, digits and hyphens, at most 40.',
  nameTaken: (name: string): Inline[] => [
    'There is a draft of another page with that name: ',
    { code: `/desk draft ${name}` },
    '. Choose another after --as.',
  ],
  storyExists: (slug: string): Inline[] => [
    'There is a story with that name. To add to it: ',
    { code: `--into ${slug}` },
    '. Nothing was read.',
  ],
  tooManyAtOnce: 'Several pages are being read just now. Try again in a minute. Nothing was read.',
  reading: (host: string, showLine: string, comesHere: boolean): Inline[] => [
    `Reading the page at ${host}. `,
    comesHere ? 'What I find comes here, only to you, and stays under ' : 'What I find will be under ',
    { code: showLine },
    '.',
  ],
  stillReading: (showLine: string): Inline[] => [
    'That page is being read just now. Ask again in a moment: ',
    { code: showLine },
  ],
  brokeOff: (importLine: string): Inline[] => ['Reading that page broke off. Again: ', { code: importLine }],
  failed: (why: string, importLine: string): Inline[] => [
    `${why} Nothing was added to any story. Again: `,
    { code: importLine },
  ],
  /** Why a page was not read, in one sentence. */
  pageProblem: ({ code, detail }: { code?: string; detail?: string }): string =>
    `The page was not read: ${REASONS[code ?? ''] ?? 'something went wrong here, and the log says what'}${detail === undefined || detail === code ? '' : ` (${detail})`}.`,
  sameElsewhere: (address: string) =>
    `Imported before, at ${address}: the words are the same. This is the draft that is there:`,
  isSameAs: (showLine: string): Inline[] => [
    'That page was imported before, at another address. Its draft: ',
    { code: showLine },
  ],
  unchanged: 'Imported before; the page has not changed since. This is the draft that is there:',
  versionOf: (old: string, change: { added: number; gone: number }): Inline[] => [
    `The page has changed since the draft ${old}: ${changedLines(change)}. What was decided there stands; this is a draft of its own:`,
  ],
  showDraft: 'Show the draft',

  listTitle: (count: number) => plural(count, 'draft'),
  none: (): Inline[] => ['No draft waits. To make one: ', { code: '/desk import https://… --into story' }],
  listed: (draft: {
    slug: string
    story?: string
    address: string
    state: 'reading' | 'ready' | 'failed'
    decided: number
    isStory: boolean
    made: string
  }): Inline[] => [
    { code: `/desk draft ${draft.slug}` },
    ` · ${draft.isStory ? 'a story now' : forStory(draft.story)} · ${draft.address} · ${draft.made} · ${stateText(draft.state, draft.decided)}`,
  ],
  openDraft: 'Open a draft…',
  unknownDraft: (): Inline[] => ['There is no draft of that name. All of them: ', { code: '/desk draft' }],

  title: (draft: { slug: string; story?: string; open: number; sure: number; decided: number }) =>
    `Draft ${draft.slug} ${forStory(draft.story)}: ${plural(draft.open, 'piece')} to decide${
      draft.open > 0 ? `, ${draft.sure === 0 ? 'none' : thousands(draft.sure)} sure` : ''
    }${draft.decided > 0 ? `, ${thousands(draft.decided)} decided` : ''}`,
  publishedTitle: (slug: string, who: string) => `Draft ${slug}: a story now, published by ${who}`,
  page: (page: {
    title: string
    address: string
    outlet?: string
    date?: string
    words: number
  }): Inline[] => [
    { link: page.address, text: page.title },
    ` · ${[page.outlet, page.date ?? 'no date found', plural(page.words, 'word')].filter(Boolean).join(' · ')}`,
  ],
  lookFirst: 'Look at this first',
  severity: { error: 'PROBABLY WRONG', look: 'LOOK', note: 'Note' },
  pieces: 'Found on the page',
  noPieces: 'Nothing was found to add: no quotation, no dated sentence, no person.',
  piece: (piece: { name: string; words: string; who?: string; state: string }): Inline[] => [
    { bold: piece.name },
    ` · ${piece.words}${piece.who === undefined ? '' : ` · ${piece.who}`} · ${piece.state}`,
  ],
  openPiece: 'Open a piece…',
  sure: 'sure',
  unsure: 'LOOK: not sure',
  toRewrite: 'LOOK: to be rewritten',
  confirmSure: (count: number) => (count === 1 ? 'Confirm the sure one' : `Confirm all ${count} sure ones`),
  leaveRest: (count: number) => (count === 1 ? 'Leave out the last one' : `Leave out the other ${count}`),
  allPieces: 'All pieces',
}

const REASONS: Record<string, string> = {
  dns: 'the name in its address leads nowhere',
  private: 'its address is not on the public internet, nor named in FEED_HOSTS',
  timeout: 'there was no answer in time',
  connection: 'no connection could be made',
  certificate: 'its certificate is not valid',
  status: 'its server answers with an error',
  tooManyRequests: 'its server wants to be asked less often',
  gone: 'its server says that it is gone for good',
  redirects: 'it leads from one address to the next',
  tooLarge: 'it is larger than any article',
  challenge: 'its server lets only people in: save it in a browser, and import the file in the folder',
  cutOff: 'it ends in the middle',
  encoding: 'its characters cannot be read',
  tooMany: 'it takes more time or memory than any article',
  notAPage: 'it is neither a web page nor text',
  noArticle:
    'there is no article on it, or only a script writes it: open it in a browser, save it, and import the file in the folder',
  tooLong: 'it has more words than any article',
}

const forStory = (story: string | undefined) => (story === undefined ? 'for a new story' : `for ${story}`)

const stateText = (state: 'reading' | 'ready' | 'failed', decided: number) =>
  state === 'reading'
    ? 'being read'
    : state === 'failed'
      ? 'could not be read'
      : decided === 0
        ? 'nothing decided'
        : `${thousands(decided)} decided`

const changedLines = ({ added, gone }: { added: number; gone: number }) =>
  [
    added > 0 ? `${plural(added, 'paragraph')} new` : undefined,
    gone > 0 ? `${plural(gone, 'paragraph')} gone` : undefined,
  ]
    .filter(Boolean)
    .join(', ') || 'the order of its paragraphs'
