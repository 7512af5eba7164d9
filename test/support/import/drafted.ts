import type { ContentFile } from '../../../src/content/read/story-folder.ts'
import type { Article } from '../../../src/import/article.ts'
import { composeDraft } from '../../../src/import/draft/compose-draft.ts'
import type { Draft, DraftInput } from '../../../src/import/draft/draft.ts'
import type { FoundQuotation } from '../../../src/import/quotations/quotation.ts'

/** A report whose names and words no other story of the tests has. */
export const VIADUCT = `Quagga viaduct to close for a year
The city will close the Quagga viaduct on Monday, because its bearings are worn out.
“The viaduct has to rest before it falls,” said Xenia Okapi, the chief engineer, on Thursday.
“We were not asked,” a man at the “quagga” market said. “Nobody was.”
The council voted 5 to 4 for the repair on Aug. 3, 2026. Last week it had put the vote off.
Work on the viaduct began in 1931.
`

/** A quotation of a text, as the rules find it. */
export function found(
  text: string,
  words: string,
  { turn, speaker, named, role, sure = true }: Partial<FoundQuotation> = {},
): FoundQuotation {
  const start = text.indexOf(words)
  if (start < 0) throw new Error(`not in the text: ${words}`)
  return {
    start,
    end: start + words.length,
    text: words,
    turn: turn ?? start,
    kind: 'direct',
    speakerKind: 'person',
    sure,
    ...(speaker !== undefined && { speaker }),
    ...(named !== undefined && { named }),
    ...(role !== undefined && { role }),
  }
}

/** The report as it is read, and its quotations. */
export const article = (more: Partial<Article> = {}): Article => ({
  title: { value: 'Quagga viaduct to close for a year', from: 'meta' },
  outlet: { value: 'Okapi Post', from: 'meta' },
  published: { date: '2026-08-07', from: 'json-ld', sure: true },
  url: 'https://okapi.example/2026/viaduct',
  text: VIADUCT,
  words: 80,
  dropped: ['Sign up for our newsletter'],
  ...more,
})

export const QUOTATIONS = [
  found(VIADUCT, 'The viaduct has to rest before it falls,', {
    speaker: 'Xenia Okapi',
    named: 'Xenia Okapi',
    role: 'the chief engineer',
  }),
  found(VIADUCT, 'We were not asked,', { turn: 2, named: 'a man', sure: false }),
  found(VIADUCT, 'Nobody was.', { turn: 2, named: 'a man', sure: false }),
]

/** The draft of the report. */
export const drafted = (more: Partial<DraftInput> = {}): Draft =>
  composeDraft({
    article: article(),
    quotations: QUOTATIONS,
    slug: 'viaduct',
    today: '2026-08-10',
    ...more,
  })

/** Files of a draft as they are read from a content folder. */
export const asContent = ({ files }: Pick<Draft, 'files'>): ContentFile[] =>
  files.map(file => ({ ...file, origin: `content/${file.path}` }))

/** The text of one file of a draft. */
export const textOf = (draft: Draft, file: string): string =>
  draft.files.find(({ path }) => path.endsWith(`/${file}`))?.text ?? ''
