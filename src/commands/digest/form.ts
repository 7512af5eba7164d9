import type { Field, Form, FormValues, Option } from '../../chat/form.ts'
import type { Call, DigestSettings } from '../../chat/platform.ts'
import { type Inline, note, type Reply, refusal } from '../../chat/reply.ts'
import type { Digest } from '../../content/digest.ts'
import { DIGEST_DAYS } from '../../content/digest.ts'
import { zoneLabel } from '../../digests/zones.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Subscription } from '../../store/subscriptions.ts'
import type { CommandContext, DigestRequest } from '../context.ts'
import { formatLine, MAX_LINE_CHARACTERS, parseLine } from '../line.ts'
import { type ChangeContext, effectiveSetting, loadChangeContext } from './change.ts'
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

/** The settings of a place's digests as a form; what is filled in becomes a line that anybody could type. */
export function digestForm(newsroom: CommandContext): DigestSettings {
  return {
    command: 'digest',
    subjectField: 'digest',
    matchCall: formRequest,
    buildForm: async (call, name) =>
      runInDigestContext<Form | Reply>(newsroom, call, { commandLine: '/digest', args: [], flags: {} }, ask =>
        drawForm(ask, name),
      ),
    lineFor: filled => lineFromForm(newsroom, filled),
  }
}

/** The command alone, or `settings` and a name; whoever says more wants to be answered in words. */
function formRequest({ command, text }: Call): { name?: string } | undefined {
  if (command !== 'digest') return undefined
  const { args, flags } = parseLine(text)
  const [verb = 'settings', name, ...more] = args
  if (verb.toLowerCase() !== 'settings' || more.length + Object.keys(flags).length > 0) return undefined
  return name === undefined ? {} : { name }
}

async function drawForm(ask: DigestRequest, name: string | undefined): Promise<Form | Reply> {
  const { library } = ask
  const now = await loadChangeContext(ask)
  if (now.readOnlyReason) return readOnlyStatus(ask, now.readOnlyReason)
  const offered = new Set(library.digests.map(digest => digest.name))
  const gone = now.subscriptions.filter(({ digest }) => !offered.has(digest))
  const known = [...offered, ...gone.map(({ digest }) => digest)]
  const first = now.subscriptions.find(({ digest }) => offered.has(digest))?.digest ?? known[0]
  const chosen = known.find(one => one === name) ?? first
  if (chosen === undefined) return refusal([phrases.digest.noDigests])
  const old = now.subscriptions.find(({ digest }) => digest === chosen)
  const digest = library.digest(chosen)
  const title = digest?.title ?? chosen
  return {
    name: chosen,
    title,
    intro: describeDigest(ask, { title, digest, old }, now),
    fields: [
      {
        ...{
          kind: 'one',
          name: 'digest',
          label: phrases.digestForm.digest,
          value: chosen,
          rebuildsForm: true,
        },
        options: known.map(one => ({ name: library.digest(one)?.title ?? one, value: one })),
      },
      ...(digest ? formFields(ask, digest, old, now) : [policyField('off', POLICY_OPTIONS.slice(2))]),
    ],
    submit: digest && !old ? phrases.digestForm.switchOn : phrases.digestForm.save,
  }
}

/** For whoever may change nothing: what stands here, and why it is only shown. */
async function readOnlyStatus(ask: DigestRequest, why: Inline[]): Promise<Reply> {
  const status = await digestStatus({ ...ask, commandLine: '/digest status' })
  return { ...status, blocks: [...status.blocks, note(...why)] }
}

type ChosenDigest = { title: string; digest: Digest | undefined; old: Subscription | undefined }

function describeDigest(
  ask: DigestRequest,
  { title, digest, old }: ChosenDigest,
  { channelName }: ChangeContext,
): Inline[] {
  const { noLongerOffered, notHereYet, isOn, isPaused } = phrases.digestForm
  if (!digest) return noLongerOffered(title)
  if (!old) return notHereYet(title, digest.about, channelName)
  return old.state === 'on'
    ? isOn(title, digest.about, nextMoment(old, ask.call.at))
    : isPaused(title, digest.about)
}

function formFields(
  { library, context }: DigestRequest,
  digest: Digest,
  old: Subscription | undefined,
  { zone }: ChangeContext,
): Field[] {
  const setting: Setting = effectiveSetting(digest, old, zone ?? context.zone)
  const own = setting.stories === '' ? [] : subscribedStories(library, digest, setting)
  const says = phrases.digestForm
  return [
    policyField(setting.quiet, POLICY_OPTIONS),
    { kind: 'time', name: 'time', label: says.time, value: setting.time },
    {
      ...{ kind: 'offered', name: 'zone', label: says.zone, many: false },
      values: [{ name: zoneLabel(setting.zone), value: setting.zone }],
      placeholder: says.aCity,
    },
    { kind: 'some', name: 'days', label: says.days, options: DAY_OPTIONS, values: setting.days.split(',') },
    {
      ...{ kind: 'offered', name: 'stories', label: says.stories, many: true },
      values: own.map(({ slug }) => ({ name: slug, value: slug })),
      placeholder: says.allStories,
      hint: says.nothingMeansAll,
    },
  ]
}

const policyField = (value: string, options: Option[]): Field => ({
  ...{ kind: 'one', name: 'sent', label: phrases.digestForm.comesHere },
  ...{ options, value },
})

/** The typed line that a filled form stands for. `on` takes a digest, and changes the one that is on. */
function lineFromForm(newsroom: CommandContext, filled: FormValues): ReturnType<DigestSettings['lineFor']> {
  const of = (name: string) => (filled[name] ?? []).map(one => one.trim()).filter(Boolean)
  const [name] = of('digest')
  const [how] = of('sent')
  if (name === undefined) return { problems: { digest: phrases.digestForm.chooseDigest } }
  if (how === 'off') return { line: `/digest off ${formatLine({ args: [name], flags: {} })}` }
  const library = newsroom.library()
  const stories = splitWords(of('stories')).map(typed => {
    const story = library.story(typed)
    return story ? `story:${story.slug}` : typed
  })
  const own = stories.length === 0 ? ['all'] : stories
  const args = [name, ...of('time'), ...of('zone'), ...of('days'), ...own, ...(how ? [how] : [])]
  const made = `on ${formatLine({ args, flags: {} })}`
  const { chooseTime, chooseZone, chooseDays, storiesOrAll, tooMany } = phrases.digestForm
  const problems = {
    ...(of('time').length === 0 && { time: chooseTime }),
    ...(of('zone').length === 0 && { zone: chooseZone }),
    ...(of('days').length === 0 && { days: chooseDays }),
    ...(stories.length > 1 && stories.includes('all') && { stories: storiesOrAll }),
    ...(made.length > MAX_LINE_CHARACTERS && { stories: tooMany }),
  }
  return Object.keys(problems).length > 0 ? { problems } : { line: `/digest ${made}` }
}
