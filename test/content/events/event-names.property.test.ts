import { hash } from 'node:crypto'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { correctedEventParts, nameEvents } from '../../../src/content/events/event-names.ts'
import { partsOfAll } from '../../../src/content/parts.ts'
import { loadContent } from '../../../src/content/read/load.ts'
import type { Story } from '../../../src/content/story.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore } from '../../../src/store/store.ts'
import { storyFiles } from '../../support/content/story-files.ts'
import { temporaryFolder } from '../../support/start-process.ts'

/** An event as its author thinks of it: `key` stays the same however often the entry is moved or reworded. */
type TrueEvent = { key: number; date: string; words: string[]; id?: string }
type Edit = { what: 'insert' | 'remove' | 'reword' | 'move' | 'redate' | 'give id'; at: number; seed: number }

const pick = <T>(list: T[], seed: number) => list[seed % list.length]!
/** A sentence that shares no word with those of other numbers: what is much alike may as well be one event reworded. */
const sentence = (seed: number) =>
  Array.from({ length: 7 }, (_, word) => hash('sha256', `${seed} ${word}`, 'hex').slice(0, 4 + (seed % 4)))

const edit = fc.record({
  what: fc.constantFrom<Edit['what']>(
    'insert',
    'insert',
    'remove',
    'reword',
    'reword',
    'move',
    'redate',
    'give id',
  ),
  at: fc.nat(30),
  seed: fc.nat(1_000),
})
/** Several saves, each of a few edits. */
const saves = fc.array(
  fc.record({ edits: fc.array(edit, { minLength: 1, maxLength: 3 }), corrects: fc.boolean() }),
  { minLength: 1, maxLength: 6 },
)

const DAYS = ['2026-05-01', '2026-05-02', '2026-05-03']
let keys = 0
const newEvent = (seed: number): TrueEvent => {
  keys++
  return { key: keys, date: pick(DAYS, seed), words: sentence(keys) }
}

/** Changes a story; returns the keys of events that were reworded or dated anew. */
function applyEdit(events: TrueEvent[], { what, at, seed }: Edit, edited: Set<number>): void {
  const index = events.length === 0 ? 0 : at % events.length
  const event = events[index]
  if (what === 'insert' || !event) {
    const added = newEvent(seed)
    edited.add(added.key)
    events.splice(index, 0, added)
  } else if (what === 'remove') events.splice(index, 1)
  else if (what === 'move') events.splice(at % (events.length + 1), 0, ...events.splice(index, 1))
  // What is changed twice in one save, or is new, could be anything.
  else if (edited.has(event.key)) return
  else if (what === 'reword') {
    event.words = event.words.with(seed % 2 === 0 ? -1 : 3, pick(['ten', 'slowly', 'twice'], seed))
    edited.add(event.key)
  } else if (what === 'redate') {
    event.date = pick(DAYS, seed)
    edited.add(event.key)
  } else event.id ??= `given-${event.key}`
  events.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
}

type Entry = { on: string; part: string; was: string; now: string; why: string }

/** The story as the files say it, without any memory. */
function readStory(slug: string, events: TrueEvent[], corrections: Entry[]): Story {
  const timeline = events.map(({ date, words, id }) => ({
    ...(id !== undefined && { id }),
    date,
    text: `${words.join(' ')}.`,
    confidence: 'medium',
    sources: [1],
  }))
  const { stories, problems } = loadContent(storyFiles(slug, { timeline, corrections }))
  // An old correction may name a place in the day that no event has any more.
  expect(problems.filter(({ message }) => !message.startsWith('there is no event:'))).toEqual([])
  return stories[0]!
}

test('an event keeps its name whatever is entered, removed, reworded or moved around it, and so do its corrections', async () => {
  const folder = temporaryFolder()
  let runs = 0
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(1_000), { minLength: 1, maxLength: 5 }), saves, async (first, saves) => {
      runs++
      const slug = 'bridge'
      const store = await openStore(createSqliteEngine(join(folder, `db-${runs}`)))
      const events = first.map(newEvent).sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
      const names = new Map<number, string>()
      const corrections: Entry[] = []
      const corrected: number[] = []
      const seen = new Map<string, string>()

      const reload = async () => {
        const known = await store.revisions.knownEvents()
        const read = readStory(slug, events, corrections)
        const [named] = nameEvents([read], {
          ...known,
          correctedParts: new Map([...seen, ...known.correctedParts]),
        })
        for (const [cause, part] of correctedEventParts([named!])) seen.set(cause, part)
        const before = await store.revisions.recordedAfter(0)
        await store.revisions.record(partsOfAll({ stories: [named!] }))
        const unchangedSince = new Set(before.map(({ part, revision }) => `${part} ${revision}`))
        return { named: named!, after: await store.revisions.recordedAfter(0), unchangedSince }
      }

      for (const { edits, corrects } of [{ edits: [], corrects: false }, ...saves]) {
        const edited = new Set<number>()
        const wasThere = new Set(names.keys())
        for (const change of edits) applyEdit(events, change, edited)
        const fixed = corrects ? events.find(({ key }) => edited.has(key) && wasThere.has(key)) : undefined
        if (fixed) {
          const { id } = readStory(slug, events, []).timeline[events.indexOf(fixed)]!
          const now = `${fixed.words.join(' ')} (${corrections.length})`
          corrections.push({
            on: '2026-06-01',
            part: `event:${id}`,
            was: 'other words',
            now,
            why: 'Misread.',
          })
          corrected.push(fixed.key)
        }
        const { named, after, unchangedSince } = await reload()
        const now = named.timeline.map(({ id }) => id)
        expect(new Set(now).size).toBe(now.length)
        for (const [index, { key }] of events.entries()) {
          const name = now[index]!
          if (names.has(key)) expect({ key, name }).toEqual({ key, name: names.get(key) })
          else expect([...names.values()]).not.toContain(name)
          names.set(key, name)
          // A digest tells what has a new revision: nothing else may have one.
          const latest = after.find(({ part }) => part === `${slug}/event:${name}`)!
          const isTold = !unchangedSince.has(`${latest.part} ${latest.revision}`)
          if (wasThere.has(key) && !edited.has(key)) expect({ key, isTold }).toEqual({ key, isTold: false })
        }
        expect(named.corrections.map(({ part }) => part)).toEqual(
          corrected.map(key => `event:${names.get(key)}`),
        )
      }
      await store.close()
    }),
    { numRuns: 50 },
  )
}, 60_000)
