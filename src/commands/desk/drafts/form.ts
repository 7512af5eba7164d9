import type { Form, FormValues } from '../../../chat/form.ts'
import { type Call, type FormSource, platformOf } from '../../../chat/platform.ts'
import { type Reply, refusal } from '../../../chat/reply.ts'
import { phrases } from '../../../phrases/phrases.ts'
import type { CommandContext } from '../../context.ts'
import { formatLine, parseLine } from '../../line.ts'
import { isEditor } from '../permission.ts'
import { runInDeskContext } from '../run.ts'
import { type ChatDraft, draftLine, isOpen, openDraft, type Piece } from './chat-draft.ts'
import { knownValue, MAX_TYPED } from './edit-piece.ts'
import { pieceWords, shortened } from './piece-words.ts'
import { MAX_STORY_WORDS, publishStory } from './publish.ts'
import { publishedProblem } from './published.ts'
import { showPiece } from './show-piece.ts'

const PREFIX = 'draft:'
const NAME = /^draft:([a-z0-9-]+):(?:(speaker|event):([qep]\d+)|(publish):)$/
/** The field in which platforms hand back the name of a form. */
const SUBJECT = 'piece'
const MAX_WORDS = 300

/** The form that corrects a speaker or rewrites an event of a draft. Filled in, it is a line that anybody could type. */
export const draftForms = (newsroom: CommandContext): FormSource => ({
  command: 'desk',
  subjectField: SUBJECT,
  prefix: PREFIX,
  title: phrases.draftPieces.form.title,
  matchCall: call => {
    const name = formNameOf(call)
    return name === undefined ? undefined : { name }
  },
  buildForm: (call, name = '') => buildForm(newsroom, call, name),
  lineFor: filled => lineFromForm(filled[SUBJECT]?.[0] ?? '', filled),
})

async function buildForm(newsroom: CommandContext, call: Call, name: string): Promise<Form | Reply> {
  const { desk, deskUsers = [] } = newsroom
  const about = readFormName(name)
  if (!about) return refusal(phrases.drafts.unknownDraft())
  if (!(await isEditor(call, deskUsers, desk?.platform(platformOf(call.place)))))
    return refusal(phrases.desk.editorsOnly(call.caller.id))
  const line = { commandLine: '/desk draft', args: [about.slug], flags: {} }
  return runInDeskContext<Form | Reply>(newsroom, call, line, async request => {
    const draft = await openDraft(request, about.slug)
    if (!('pieces' in draft)) return draft
    // A form that nobody could send would be filled in for nothing.
    const isPublishing = about.act === 'publish'
    const problem = isPublishing && !draft.published?.settled ? undefined : publishedProblem(draft)
    if (problem) return problem
    if (isPublishing)
      return draft.stored.story === undefined ? storyForm(name, draft) : publishStory(request, draft)
    const piece = draft.pieces.find(({ name: known }) => known === about.piece)
    if (!piece) return refusal(phrases.draftPieces.unknownPiece(about.slug))
    if (draft.stored.story !== undefined) request.desk.warm(draft.stored.story)
    // A form about what is decided already would be filled in for nothing.
    return isOpen(piece) ? pieceForm(name, piece) : showPiece(request, draft, piece)
  })
}

/** The draft, the act and the piece that a form is about; undefined where its name is none of ours. */
function readFormName(name: string) {
  const [, slug, act, piece = '', publish] = NAME.exec(name) ?? []
  return slug === undefined
    ? undefined
    : { slug, act: (act ?? publish) as 'speaker' | 'event' | 'publish', piece }
}

/** The name of the form that a line asks for: `/desk draft wqad speaker q3` alone. A longer line says it all already. */
function formNameOf({ command, text }: Pick<Call, 'command' | 'text'>): string | undefined {
  if (command !== 'desk') return undefined
  const { args, flags } = parseLine(text)
  const [verb, slug = '', act = '', piece = '', ...more] = args.map(arg => arg.toLowerCase())
  if (verb !== 'draft' || more.length + Object.keys(flags).length > 0) return undefined
  const name = `${PREFIX}${slug}:${act}:${piece}`
  return readFormName(name) ? name : undefined
}

/** The form itself, with what is known filled in. */
function pieceForm(name: string, piece: Piece): Form {
  const words = phrases.draftPieces.form
  const field = (key: keyof typeof MAX_TYPED, label: string, hint: string) => ({
    ...{ kind: 'text' as const, name: key, label, hint, placeholder: '', required: true as const },
    ...{ value: knownValue(piece, key), max: MAX_TYPED[key], ...(key === 'text' && { long: true as const }) },
  })
  return {
    name,
    title: piece.kind === 'event' ? words.eventTitle(piece.name) : words.speakerTitle(piece.name),
    intro: [pieceWords(piece, MAX_WORDS)],
    fields:
      piece.kind === 'event'
        ? [field('date', words.date, words.dateHint), field('text', words.text, words.textHint)]
        : [field('name', words.name, words.nameHint), field('role', words.role, words.roleHint)],
    submit: words.submit,
  }
}

/** The form of what an editor writes for a new story. Only the headline is filled in. */
function storyForm(name: string, { stored: { slug }, body, pieces }: ChatDraft): Form {
  const labels = phrases.draftStory.form
  const field = (key: keyof typeof MAX_STORY_WORDS, label: string) => ({
    ...{ kind: 'text' as const, name: key, label, placeholder: '', required: true as const },
    ...{ value: '', max: MAX_STORY_WORDS[key] },
  })
  const headline = shortened(body.title ?? '', MAX_STORY_WORDS.title - 1)
  return {
    name,
    title: labels.storyTitle(slug),
    intro: labels.storyIntro(pieces.filter(({ state }) => state?.decision === 'confirmed').length),
    fields: [
      { ...field('title', labels.headline), value: headline },
      { ...field('status', labels.status), hint: labels.statusHint },
      { ...field('summary', labels.summary), hint: labels.summaryHint, long: true },
    ],
    submit: labels.publish,
  }
}

/** The fields that each form needs, and what to say where one is empty. */
const { needsName, needsRole, needsDate, needsText } = phrases.draftPieces.form
const { needsWords } = phrases.draftStory.form
const NEEDS: Record<'speaker' | 'event' | 'publish', Record<string, string>> = {
  speaker: { name: needsName, role: needsRole },
  event: { date: needsDate, text: needsText },
  publish: { title: needsWords, status: needsWords, summary: needsWords },
}

/** The line that a filled form means: anybody could type it. Or what is missing, by field. */
function lineFromForm(
  name: string,
  filled: FormValues,
): { line: string } | { problems: Record<string, string> } {
  const about = readFormName(name)
  if (!about) return { problems: { [SUBJECT]: phrases.draftPieces.nothingTyped } }
  const { slug, act, piece } = about
  const needs = NEEDS[act]
  const values = Object.fromEntries(
    Object.keys(needs).map(field => [field, filled[field]?.[0]?.trim() ?? '']),
  )
  const missing = Object.entries(needs).filter(([field]) => values[field] === '')
  if (missing.length > 0) return { problems: Object.fromEntries(missing) }
  const flags = formatLine({ args: [], flags: { ...values, confirm: true } })
  return { line: `${draftLine(slug, act, ...(piece === '' ? [] : [piece]))} ${flags}` }
}
