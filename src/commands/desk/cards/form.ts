import type { Field, Form, FormValues, Option } from '../../../chat/form.ts'
import { type Call, type FormSource, platformOf } from '../../../chat/platform.ts'
import { type Reply, refusal } from '../../../chat/reply.ts'
import { fold } from '../../../content/fold.ts'
import type { Story } from '../../../content/story.ts'
import { localDate, readableDate } from '../../../dates/dates.ts'
import { shortened } from '../../../delivery/cards/decision-line.ts'
import { headline } from '../../../digests/items/draw.ts'
import { phrases } from '../../../phrases/phrases.ts'
import type { Card } from '../../../store/wire/cards.ts'
import type { Item } from '../../../store/wire/items.ts'
import type { CommandContext, DeskRequest } from '../../context.ts'
import { formatLine, MAX_LINE_CHARACTERS, parseLine } from '../../line.ts'
import { isEditor, refuseStranger } from '../permission.ts'
import { runInDeskContext } from '../run.ts'
import {
  headlineText,
  MAX_EVENT_CHARACTERS,
  MAX_ID_CHARACTERS,
  proposeId,
  storiesFor,
} from './event-draft.ts'
import { findCard, refuseDecided } from './find-card.ts'

const words = phrases.cards.form
const PREFIX = 'add:'
/** Discord’s limit for the choices of a field. Of more stories, only those are offered that the item matched. */
const MAX_OPTIONS = 25
/** Slack’s limit for the name of a choice. */
const MAX_CHOICE = 75

/** The form that *Add to timeline* opens, filled in. A filled form becomes the line `/desk add … --confirm`. */
export function cardForm(newsroom: CommandContext): FormSource {
  return {
    prefix: PREFIX,
    title: phrases.cards.form.title,
    command: 'desk',
    subjectField: 'item',
    matchCall,
    buildForm: (call, name = '') => buildForm(newsroom, call, name),
    lineFor,
  }
}

/** Matches `/desk add <item>` alone; with anything else in the line, the answer is a preview in words. */
function matchCall({ command, text }: Call): { name: string } | undefined {
  const name = fold(command)
  // Nearly every call is none for the desk, and is not read.
  if ((name !== 'desk' && name !== 'nutgraf') || text.length > MAX_LINE_CHARACTERS) return undefined
  const { args, flags } = parseLine(text)
  const words = name === 'nutgraf' && fold(args[0] ?? '') === 'desk' ? args.slice(1) : args
  const isDesk = name === 'desk' || words !== args
  const [verb = '', item, ...more] = words
  if (!isDesk || fold(verb) !== 'add' || item === undefined) return undefined
  return more.length + Object.keys(flags).length > 0 ? undefined : { name: item }
}

async function buildForm(newsroom: CommandContext, call: Call, item: string): Promise<Form | Reply> {
  const { desk, deskUsers = [] } = newsroom
  if (!(await isEditor(call, deskUsers, desk?.platform(platformOf(call.place))))) return refuseStranger(call)
  return runInDeskContext<Form | Reply>(
    newsroom,
    call,
    { commandLine: '/desk add', args: [item], flags: {} },
    async request => {
      const found = await findCard(request)
      if ('refused' in found) return found.refused
      const decided = refuseDecided(request, found)
      if (decided) return decided
      if (found.item?.state !== 'stands') return refusal([phrases.cards.gone])
      return drawForm(request, found.card, found.item)
    },
  )
}

function drawForm({ library, context, desk }: DeskRequest, card: Card, item: Item): Form | Reply {
  const day = localDate(item.published, context.zone)
  const all = storiesFor(card, library)
  const [story] = all
  if (!story) return refusal([phrases.cards.whichStory])
  desk.warm(story.slug)
  const matched = all.filter(({ slug }) => card.matches.some(match => match.story === slug))
  const isFew = all.length <= MAX_OPTIONS || matched.length === 0
  const offered = (isFew ? all : matched).slice(0, MAX_OPTIONS)
  const fields: Field[] = [
    {
      ...{ kind: 'one', name: 'story', label: words.story, value: story.slug },
      options: offered.map(({ slug, title }) => ({
        name: title.length <= MAX_CHOICE ? title : slug,
        value: slug,
      })),
    },
    { kind: 'date', name: 'date', label: words.date, value: day },
    {
      ...{ kind: 'text', name: 'text', label: words.text, value: headlineText(item), placeholder: '' },
      ...{ max: MAX_EVENT_CHARACTERS, required: true, long: true, hint: words.textHint },
    },
    {
      ...{ kind: 'one', name: 'confidence', label: words.confidence, value: 'medium' },
      options: [{ name: words.medium, value: 'medium' }, ...highOptions(story)],
    },
    {
      ...{
        kind: 'text',
        name: 'id',
        label: words.id,
        value: proposeId(item, desk.used(story.slug).ids),
        placeholder: '',
      },
      ...{ max: MAX_ID_CHARACTERS, required: true, hint: words.idHint },
    },
  ]
  return {
    name: `${PREFIX}${card.item}`,
    title: words.title,
    intro: words.about(item.outlet, headline(item), readableDate(day)),
    fields,
    submit: words.submit,
  }
}

/** The newest sources of a story that may say so too: what is called certain rests on two. */
const highOptions = ({ slug, sources }: Story): Option[] =>
  sources
    .toSorted((a, b) => b.number - a.number)
    .slice(0, MAX_OPTIONS - 1)
    .map(({ number, outlet }) => ({
      name: shortened(words.high(number, outlet), MAX_CHOICE),
      // With its story: somebody may choose another one, which has other sources.
      value: `high ${number} ${slug}`,
    }))
    .filter(({ value }) => value.length <= MAX_CHOICE)

/** The line that a filled form stands for. What is wrong with a value is found by the command, for typed lines too. */
function lineFor(filled: FormValues): ReturnType<FormSource['lineFor']> {
  const value = (field: string) => (filled[field]?.[0] ?? '').replace(/\s+/g, ' ').trim()
  const item = value('item').slice(PREFIX.length)
  const { noText, badDate, badId, whichStory } = phrases.cards
  const [level = 'medium', number, of] = value('confidence').split(' ')
  const problems = {
    ...(of !== undefined && of !== value('story') && { confidence: words.otherStory(of) }),
    ...(item === '' && { item: words.noItem }),
    ...(value('story') === '' && { story: whichStory }),
    ...(value('date') === '' && { date: badDate }),
    ...(value('text') === '' && { text: noText }),
    ...(value('id') === '' && { id: badId }),
  }
  if (Object.keys(problems).length > 0) return { problems }
  const flags = {
    ...{ into: value('story'), date: value('date'), text: value('text') },
    ...{
      confidence: [level || 'medium', number].filter(Boolean).join(' '),
      as: value('id'),
      confirm: true as const,
    },
  }
  return { line: `/desk ${formatLine({ args: ['add', item], flags })}` }
}
