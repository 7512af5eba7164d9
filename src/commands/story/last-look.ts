import { hash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Call, Log } from '../../chat/platform.ts'
import type { Library } from '../../content/library.ts'
import type { Story } from '../../content/story.ts'
import type { Store } from '../../store/store.ts'
import type { ParsedLine } from '../line.ts'

/**
 * What is needed to begin where somebody looked last. `unsaved` are looks that are not stored yet, by their keys. Another
 * process learns of a look once it is stored, some milliseconds after its answer.
 */
export type LooksContext = {
  store: Pick<Store, 'looks' | 'revisions'>
  log: Log
  unsaved: Map<string, number>
}

/** Begins what is needed to know where somebody looked last. */
export const createLooks = (store: LooksContext['store'], log: Log): LooksContext => ({
  store,
  log,
  unsaved: new Map(),
})

/**
 * What was entered since somebody looked at a moment: the parts that are new since, the stories that changed, the latest
 * first, and the slugs of those that are new as a whole.
 */
export type EnteredSince = {
  at: number
  parts: ReadonlySet<string>
  stories: Story[]
  newStories: ReadonlySet<string>
}

/** Nobody waits longer for this: the answer is then the one for people who never looked. */
const TIMEOUT_MS = 500
/**
 * What was entered so shortly before a look counts as entered after it: the process that answered may not have had it yet.
 */
const OVERLAP_MS = 60_000
/** Of more stories that changed, the latest are looked through. */
const MAX_STORIES = 50
/** A moment, as the buttons of an answer have it: turning its pages must not move where it begins. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/i

/** The moment that `--since` gives in a button; undefined for what people type. */
export const momentIn = (since: string | true | undefined): number | undefined =>
  typeof since === 'string' && MOMENT.test(since) ? Date.parse(since) : undefined

/** A moment as a value of `--since`. */
export const sinceMoment = (at: number): string => new Date(at).toISOString()

/**
 * Finds what was entered since this person looked last at the changes of all stories, or of one; undefined where that does
 * not apply. A date or a page in the line means that, and others must not learn when somebody looked. Then, or without a
 * store, nothing is waited for. The look is noted once it is known, and stored after the answer.
 */
export function enteredSinceLook(
  { looks, library }: { looks?: LooksContext; library(): Library },
  call: Call,
  { flags, story }: { flags: ParsedLine['flags']; story?: Story },
): Promise<EnteredSince | undefined> | undefined {
  if (!looks || call.audience === 'place') return undefined
  const moment = momentIn(flags.since)
  if (moment === undefined && (flags.since !== undefined || flags.page !== undefined)) return undefined
  const find = async () => {
    const { at, note } = moment === undefined ? await findLook(looks, call.caller.id, story) : { at: moment }
    return { note, entered: at === undefined ? undefined : await enteredSince(looks, library(), at, story) }
  }
  const late = sleep(TIMEOUT_MS, undefined, { ref: false })
  return Promise.race([find(), late]).then(
    found => {
      // Who was given an answer without it has not seen what was entered since.
      found?.note?.()
      return found?.entered
    },
    (cause: unknown) => {
      looks.log.warn({ err: cause }, 'changes: when somebody looked last could not be read')
      return undefined
    },
  )
}

/** Reads when somebody looked last; `note` notes that they look now. */
async function findLook({ store, unsaved, log }: LooksContext, person: string, story: Story | undefined) {
  // A look at all stories is one at each of them, but not the other way round.
  const own = keyOf(person, story)
  const keys = story ? [keyOf(person), own] : [own]
  const { now, at: stored = 0 } = await store.looks.find(keys)
  const last = Math.max(stored, ...keys.map(key => unsaved.get(key) ?? 0))
  const save = async () => {
    await store.looks
      .save(own, now)
      .catch((cause: unknown) => log.warn({ err: cause }, 'changes: a look could not be stored'))
    if (unsaved.get(own) === now) unsaved.delete(own)
  }
  const note = () => {
    unsaved.set(own, now)
    setImmediate(save)
  }
  return { at: last > 0 ? last : undefined, note }
}

/** A name for a person's look from which neither the person nor the story can be read. */
const keyOf = (person: string, story?: Story) =>
  hash('sha256', JSON.stringify([person, story?.slug ?? '']), 'hex')

async function enteredSince(
  { store }: LooksContext,
  library: Library,
  at: number,
  story: Story | undefined,
): Promise<EnteredSince> {
  const after = at - OVERLAP_MS
  const changed = (await store.revisions.storiesChangedAfter(after))
    .filter(({ story: slug }) => (story ? slug === story.slug : library.story(slug)?.slug === slug))
    .sort((a, b) => b.newest - a.newest)
    .slice(0, MAX_STORIES)
    .map(({ story: slug }) => slug)
  const parts = new Set(await store.revisions.partsAddedAfter({ after, stories: changed }))
  return {
    at,
    parts,
    stories: changed.map(slug => library.story(slug)!),
    newStories: new Set(changed.filter(slug => parts.has(`${slug}/label`))),
  }
}
