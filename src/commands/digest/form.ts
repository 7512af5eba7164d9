import type { Field, Filled, Form, Option } from '../../chat/form.ts'
import type { Call, Settings } from '../../chat/platform.ts'
import { type Inline, note, type Reply, refusal } from '../../chat/reply.ts'
import type { Digest } from '../../content/digest.ts'
import { DIGEST_DAYS } from '../../content/digest.ts'
import { zoneLabel } from '../../digests/zones.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Subscription } from '../../store/subscriptions.ts'
import type { DigestAsk, Newsroom } from '../context.ts'
import { line, MOST_TYPED, words } from '../line.ts'
import { type Situation, situation, standing } from './change.ts'
import { atDesk } from './run.ts'
import { type Setting, storiesIn, whenNext } from './setting.ts'
import { digestStatus } from './status.ts'
import { wordsIn } from './words.ts'

const DAYS: Option[] = DIGEST_DAYS.map((value, at) => ({ name: phrases.dates.weekdays[at]!, value }))
const SENT: Option[] = [
  { name: phrases.digestForm.onAndSkip, value: 'skip' },
  { name: phrases.digestForm.onAndNote, value: 'note' },
  { name: phrases.digestForm.off, value: 'off' },
]

/** The settings of a place's digests as a form; what is filled in becomes a line that anybody could type. */
export function digestForm(newsroom: Newsroom): Settings {
  return {
    command: 'digest',
    about: 'digest',
    asks,
    form: async (call, name) =>
      atDesk<Form | Reply>(newsroom, call, { head: '/digest', args: [], flags: {} }, ask => drawn(ask, name)),
    line: filled => lineOf(newsroom, filled),
  }
}

/** The command alone, or `settings` and a name; whoever says more wants to be answered in words. */
function asks({ command, text }: Call): { name?: string } | undefined {
  if (command !== 'digest') return undefined
  const { args, flags } = words(text)
  const [verb = 'settings', name, ...more] = args
  if (verb.toLowerCase() !== 'settings' || more.length + Object.keys(flags).length > 0) return undefined
  return name === undefined ? {} : { name }
}

async function drawn(ask: DigestAsk, name: string | undefined): Promise<Form | Reply> {
  const { library } = ask
  const now = await situation(ask)
  if (now.onlyLooks) return onlyShown(ask, now.onlyLooks)
  const offered = new Set(library.digests.map(digest => digest.name))
  const gone = now.here.filter(({ digest }) => !offered.has(digest))
  const known = [...offered, ...gone.map(({ digest }) => digest)]
  const first = now.here.find(({ digest }) => offered.has(digest))?.digest ?? known[0]
  const chosen = known.find(one => one === name) ?? first
  if (chosen === undefined) return refusal([phrases.digest.noDigests])
  const old = now.here.find(({ digest }) => digest === chosen)
  const digest = library.digest(chosen)
  const title = digest?.title ?? chosen
  return {
    name: chosen,
    title,
    about: aboutIt(ask, { title, digest, old }, now),
    fields: [
      {
        ...{ kind: 'one', name: 'digest', label: phrases.digestForm.digest, value: chosen, redraws: true },
        options: known.map(one => ({ name: library.digest(one)?.title ?? one, value: one })),
      },
      ...(digest ? fieldsOf(ask, digest, old, now) : [sent('off', SENT.slice(2))]),
    ],
    submit: digest && !old ? phrases.digestForm.switchOn : phrases.digestForm.save,
  }
}

/** For whoever may change nothing: what stands here, and why it is only shown. */
async function onlyShown(ask: DigestAsk, why: Inline[]): Promise<Reply> {
  const status = await digestStatus({ ...ask, head: '/digest status' })
  return { ...status, blocks: [...status.blocks, note(...why)] }
}

type Chosen = { title: string; digest: Digest | undefined; old: Subscription | undefined }

function aboutIt(ask: DigestAsk, { title, digest, old }: Chosen, { channel }: Situation): Inline[] {
  const { gone, notHereYet, isOn, isPaused } = phrases.digestForm
  if (!digest) return gone(title)
  if (!old) return notHereYet(title, digest.about, channel)
  return old.state === 'on'
    ? isOn(title, digest.about, whenNext(old, ask.call.at))
    : isPaused(title, digest.about)
}

function fieldsOf(
  { library, newsroom }: DigestAsk,
  digest: Digest,
  old: Subscription | undefined,
  { zone }: Situation,
): Field[] {
  const setting: Setting = standing(digest, old, zone ?? newsroom.zone)
  const own = setting.stories === '' ? [] : storiesIn(library, digest, setting)
  const says = phrases.digestForm
  return [
    sent(setting.quiet, SENT),
    { kind: 'time', name: 'time', label: says.time, value: setting.time },
    {
      ...{ kind: 'offered', name: 'zone', label: says.zone, many: false },
      values: [{ name: zoneLabel(setting.zone), value: setting.zone }],
      placeholder: says.aCity,
    },
    { kind: 'some', name: 'days', label: says.days, options: DAYS, values: setting.days.split(',') },
    {
      ...{ kind: 'offered', name: 'stories', label: says.stories, many: true },
      values: own.map(({ slug }) => ({ name: slug, value: slug })),
      placeholder: says.allStories,
      hint: says.nothingMeansAll,
    },
  ]
}

const sent = (value: string, options: Option[]): Field => ({
  ...{ kind: 'one', name: 'sent', label: phrases.digestForm.comesHere },
  ...{ options, value },
})

/** The typed line that a filled form stands for. `on` takes a digest, and changes the one that is on. */
function lineOf(newsroom: Newsroom, filled: Filled): ReturnType<Settings['line']> {
  const of = (name: string) => (filled[name] ?? []).map(one => one.trim()).filter(Boolean)
  const [name] = of('digest')
  const [how] = of('sent')
  if (name === undefined) return { problems: { digest: phrases.digestForm.chooseDigest } }
  if (how === 'off') return { line: `/digest off ${line({ args: [name], flags: {} })}` }
  const library = newsroom.library()
  const stories = wordsIn(of('stories')).map(typed => {
    const story = library.story(typed)
    return story ? `story:${story.slug}` : typed
  })
  const own = stories.length === 0 ? ['all'] : stories
  const args = [name, ...of('time'), ...of('zone'), ...of('days'), ...own, ...(how ? [how] : [])]
  const made = `on ${line({ args, flags: {} })}`
  const { chooseTime, chooseZone, chooseDays, storiesOrAll, tooMany } = phrases.digestForm
  const problems = {
    ...(of('time').length === 0 && { time: chooseTime }),
    ...(of('zone').length === 0 && { zone: chooseZone }),
    ...(of('days').length === 0 && { days: chooseDays }),
    ...(stories.length > 1 && stories.includes('all') && { stories: storiesOrAll }),
    ...(made.length > MOST_TYPED && { stories: tooMany }),
  }
  return Object.keys(problems).length > 0 ? { problems } : { line: `/digest ${made}` }
}
