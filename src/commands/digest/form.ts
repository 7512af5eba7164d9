import type { Field, Form, FormValues, Option } from '../../chat/form.ts'
import { plainInlines } from '../../chat/plain-text.ts'
import type { Call, DigestSettings } from '../../chat/platform.ts'
import { type Inline, note, type Reply, refusal } from '../../chat/reply.ts'
import { DIGEST_DAYS, type Digest, isAtOnce } from '../../content/digest.ts'
import { MAX_FILTER_CHARACTERS } from '../../digests/word-filter.ts'
import { zoneLabel } from '../../digests/zones.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Subscription } from '../../store/subscriptions.ts'
import type { CommandContext, DigestRequest } from '../context.ts'
import { formatLine, MAX_LINE_CHARACTERS, parseLine } from '../line.ts'
import { type ChangeContext, effectiveSetting, loadChangeContext } from './change.ts'
import { FILTER_PREFIX, filterProblemText } from './filter-words.ts'
import { runInDigestContext } from './run.ts'
import { nextMoment, type Setting, subscribedStories } from './setting.ts'
import { digestStatus } from './status.ts'
import { splitWords } from './words.ts'

const DAY_OPTIONS: Option[] = DIGEST_DAYS.map((value, at) => ({ name: phrases.dates.weekdays[at]!, value }))
const POLICY_OPTIONS: Option[] = [
  { name: phrases.digestForm.onAndSkip, value: 'skip' },
  { name: phrases.digestForm.onAndNote, value: 'note' },
  { name: phrases.digestForm.off, value: 'off' },
]

/** The settings of a place's digests as a form; a filled form becomes a line that anybody could type. */
export function digestForm(newsroom: CommandContext): DigestSettings {
  return {
    command: 'digest',
    subjectField: 'digest',
    matchCall: formRequest,
    buildForm: async (call, name) =>
      runInDigestContext<Form | Reply>(
        newsroom,
        call,
        { commandLine: '/digest', args: [], flags: {} },
        request => drawForm(request, name),
      ),
    lineFor: filled => lineFromForm(newsroom, filled),
  }
}

/** Matches `/digest` alone or `/digest settings [name]`; any longer line is answered with text instead of a form. */
function formRequest({ command, text }: Call): { name?: string } | undefined {
  if (command !== 'digest' || text.length > MAX_LINE_CHARACTERS) return undefined
  const { args, flags } = parseLine(text)
  const [verb = 'settings', name, ...more] = args
  if (verb.toLowerCase() !== 'settings' || more.length + Object.keys(flags).length > 0) return undefined
  return name === undefined ? {} : { name }
}

async function drawForm(request: DigestRequest, name: string | undefined): Promise<Form | Reply> {
  const { library } = request
  const changeContext = await loadChangeContext(request)
  const { subscriptions, readOnlyReason } = changeContext
  if (readOnlyReason) return readOnlyStatus(request, readOnlyReason)
  const offered = new Set(library.digests.map(digest => digest.name))
  const noLongerOffered = subscriptions.map(({ digest }) => digest).filter(digest => !offered.has(digest))
  const names = [...offered, ...noLongerOffered]
  const first = subscriptions.find(({ digest }) => offered.has(digest))?.digest ?? names[0]
  const chosen = name !== undefined && names.includes(name) ? name : first
  if (chosen === undefined) return refusal([phrases.digest.noDigests])
  const subscription = subscriptions.find(({ digest }) => digest === chosen)
  const digest = library.digest(chosen)
  const title = digest?.title ?? chosen
  return {
    name: chosen,
    title,
    intro: describeDigest(request, { title, digest, subscription }, changeContext),
    fields: [
      {
        kind: 'one',
        name: 'digest',
        label: phrases.digestForm.digest,
        value: chosen,
        rebuildsForm: true,
        options: names.map(value => ({ name: library.digest(value)?.title ?? value, value })),
      },
      ...(digest
        ? formFields(request, digest, subscription, changeContext)
        : [policyField('off', POLICY_OPTIONS.slice(2))]),
    ],
    submit: digest && !subscription ? phrases.digestForm.switchOn : phrases.digestForm.save,
  }
}

/** The status of the place for a caller who may change nothing, with the reason why there is no form. */
async function readOnlyStatus(request: DigestRequest, why: Inline[]): Promise<Reply> {
  const status = await digestStatus({ ...request, commandLine: '/digest status' })
  return { ...status, blocks: [...status.blocks, note(...why)] }
}

type ChosenDigest = { title: string; digest: Digest | undefined; subscription: Subscription | undefined }

function describeDigest(
  request: DigestRequest,
  { title, digest, subscription }: ChosenDigest,
  { channelName }: ChangeContext,
): Inline[] {
  const { noLongerOffered, notHereYet, isOn, isPaused } = phrases.digestForm
  if (!digest) return noLongerOffered(title)
  if (!subscription) return notHereYet(title, digest.about, channelName)
  return subscription.state === 'on'
    ? isOn(title, digest.about, nextMoment(subscription, request.call.at))
    : isPaused(title, digest.about)
}

function formFields(
  { library, context }: DigestRequest,
  digest: Digest,
  subscription: Subscription | undefined,
  { zone }: ChangeContext,
): Field[] {
  const setting: Setting = effectiveSetting(digest, subscription, zone ?? context.zone)
  const chosenStories = setting.stories === '' ? [] : subscribedStories(library, digest, setting)
  const words = phrases.digestForm
  return [
    policyField(setting.quiet, POLICY_OPTIONS),
    ...(isAtOnce(digest)
      ? []
      : [
          {
            ...{ kind: 'time' as const, name: 'time', label: words.time },
            ...{ value: setting.time, withNext: words.timeAndZone },
          },
        ]),
    {
      kind: 'offered',
      name: 'zone',
      label: words.zone,
      many: false,
      values: [{ name: zoneLabel(setting.zone), value: setting.zone }],
      placeholder: words.aCity,
    },
    { kind: 'some', name: 'days', label: words.days, options: DAY_OPTIONS, values: setting.days.split(',') },
    {
      kind: 'offered',
      name: 'stories',
      label: words.stories,
      many: true,
      values: chosenStories.map(({ slug }) => ({ name: slug, value: slug })),
      placeholder: words.allStories,
      hint: words.nothingMeansAll,
    },
    {
      kind: 'text',
      name: 'words',
      label: words.words,
      value: setting.words ?? '',
      placeholder: phrases.digestWords.example,
      hint: phrases.digestWords.nothingMeansAll,
      max: MAX_FILTER_CHARACTERS,
    },
  ]
}

const policyField = (value: string, options: Option[]): Field => ({
  kind: 'one',
  name: 'sent',
  label: phrases.digestForm.comesHere,
  options,
  value,
})

/** The typed line that a filled form stands for, or its problems. `/digest on` also changes a digest that is on. */
function lineFromForm(newsroom: CommandContext, filled: FormValues): ReturnType<DigestSettings['lineFor']> {
  const valuesOf = (field: string) => (filled[field] ?? []).map(value => value.trim()).filter(Boolean)
  const [name] = valuesOf('digest')
  const [policy] = valuesOf('sent')
  if (name === undefined) return { problems: { digest: phrases.digestForm.chooseDigest } }
  if (policy === 'off') return { line: `/digest off ${formatLine({ args: [name], flags: {} })}` }
  const library = newsroom.library()
  const digest = library.digest(name)
  const isOneAtOnce = digest !== undefined && isAtOnce(digest)
  const [time, zone, days] = [valuesOf('time'), valuesOf('zone'), valuesOf('days')]
  const stories = splitWords(valuesOf('stories')).map(typed => {
    const story = library.story(typed)
    return story ? `story:${story.slug}` : typed
  })
  const storyWords = stories.length === 0 ? ['all'] : stories
  const [words = ''] = valuesOf('words')
  // A form without the field was opened by an older nutgraf.
  const filter = filled.words === undefined ? [] : [`${FILTER_PREFIX} ${words}`.trim()]
  const args = [name, ...time, ...zone, ...days, ...storyWords, ...(policy ? [policy] : []), ...filter]
  const line = `on ${formatLine({ args, flags: {} })}`
  const wrong = filterProblemText(words)
  const wordsProblem = wrong && plainInlines(wrong)
  const { chooseTime, chooseZone, chooseDays, storiesOrAll, tooMany } = phrases.digestForm
  const problems = {
    ...(time.length === 0 && !isOneAtOnce && { time: chooseTime }),
    // One field may ask for both the time and the zone.
    ...(filled.zone !== undefined && zone.length === 0 && { zone: chooseZone }),
    ...(days.length === 0 && { days: chooseDays }),
    ...(stories.length > 1 && stories.includes('all') && { stories: storiesOrAll }),
    ...(line.length > MAX_LINE_CHARACTERS && { stories: tooMany }),
    ...(wordsProblem !== undefined && { words: wordsProblem }),
  }
  return Object.keys(problems).length > 0 ? { problems } : { line: `/digest ${line}` }
}
