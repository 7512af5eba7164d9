import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { toPlainText } from '../../src/chat/plain-text.ts'
import type { Place } from '../../src/chat/platform.ts'
import { commandLinesFor } from '../../src/commands/digest/command-lines.ts'
import { partsOfAll } from '../../src/content/parts.ts'
import { createComposeEdition } from '../../src/delivery/compose-edition.ts'
import { wantedNews } from '../../src/delivery/wanted-news.ts'
import { newsOf } from '../../src/digests/news.ts'
import type { Selection } from '../../src/digests/selection.ts'
import type { Delivery } from '../../src/store/delivery.ts'
import { createSqliteEngine } from '../../src/store/sqlite.ts'
import { openStore } from '../../src/store/store.ts'
import { libraryFromFiles, type StoryFields, storyFiles } from '../support/content/story-files.ts'
import { fixedSnapshots } from '../support/delivery/fixed-snapshots.ts'
import { moment, recordedRevisions } from '../support/digests/recorded-revisions.ts'
import { temporaryFolder } from '../support/start-process.ts'

const PLACE: Place = 'fake:1'
const START = moment('2026-05-04T12:30:00Z')
const MINUTE = 60_000
const event = (date: string, text: string, more: object = {}) => ({
  ...{ id: text.split(' ')[1]!.toLowerCase(), date, text, confidence: 'high', sources: [1] },
  ...more,
})
const OLD = event('2026-05-01', 'The rust is found.')
const ROAD = event('2026-05-04', 'A road is shut.', { sources: [2] })
const VOTE = event('2026-05-04', 'The vote on the ordinance is put off.', {
  note: 'Nobody said for how long.',
})
const DIGESTS = {
  path: 'digests.yml',
  origin: 'digests.yml',
  text: '- { name: morning, title: Morning brief, time: "07:30", days: daily, zone: UTC }',
}
const content = (written: StoryFields) => libraryFromFiles(storyFiles('bridge', written), [DIGESTS])
const CORRECTION = { on: '2026-05-04', part: 'event:rust', was: 'dust', now: 'rust', why: 'A slip.' }

/** The parts that a place is told, of the news between two contents. */
async function told(
  words: string,
  { shown = [] as string[], before = [OLD] as object[], after = {} as StoryFields },
) {
  const first = content({ timeline: before })
  const second = content(after)
  const revisions = recordedRevisions(second, START + MINUTE, recordedRevisions(first, START - MINUTE))
  const { stories } = second
  const news = newsOf({ stories, revisions, newsFrom: START, newsTo: START + 2 * MINUTE, zone: 'UTC' })
  const ledger = {
    partsShownIn: async (_: Place, parts: string[]) => new Set(parts.filter(part => shown.includes(part))),
  }
  const wanted = await wantedNews({ ledger }, news, { stories, place: PLACE, words })
  return wanted
    .map(({ part }) => part.replace(/^bridge\/(correction:).*/, '$1').replace(/^bridge\//, ''))
    .sort()
}

test('an entry is told if a wanted word is in its text, its note or the name of an outlet', async () => {
  const after = { timeline: [OLD, ROAD, VOTE] }
  expect(await told('', { after })).toEqual(['event:road', 'event:vote'])
  expect(await told('ordinance', { after })).toEqual(['event:vote'])
  expect(await told('"how long"', { after })).toEqual(['event:vote'])
  expect(await told('city', { after })).toEqual(['event:road'])
  expect(await told('paper, city -road', { after })).toEqual(['event:vote'])
  expect(await told('tunnel', { after })).toEqual([])
  // Dates are not among the words, nor is the title of the story.
  expect(await told('2026, may, bridge', { after })).toEqual([])
})

test('words that were said are found by who said them, a section by its title, a fact by its verdict', async () => {
  const before = [OLD]
  const quote = {
    id: 'new',
    speaker: 'Ben Example',
    role: 'a driver',
    kind: 'direct',
    source: 1,
    saidOn: 'not given',
  }
  const after = { timeline: before, quotes: [{ ...quote, words: 'We asked for repairs for years,' }] }
  expect(await told('repairs', { after })).toEqual(['quote:new'])
  expect(await told('driver', { after })).toEqual(['quote:new'])
  expect(await told('"ben example"', { after })).toEqual(['quote:new'])
  const body = '## Summary\n\nIt is shut. [1]\n\n## Next steps\n\nSteel is ordered. [1]\n'
  expect(await told('steps', { after: { timeline: before, body } })).toEqual(['section:next-steps'])
})

test('a correction reaches a place that was shown the mistake, whatever its words', async () => {
  const after = { timeline: [OLD, VOTE], corrections: [CORRECTION] }
  expect(await told('ordinance', { after })).toEqual(['event:vote'])
  expect(await told('ordinance', { after, shown: ['bridge/event:rust'] })).toEqual([
    'correction:',
    'event:vote',
  ])
  expect(await told('slip', { after })).toEqual(['correction:'])
  // By the words of what it corrects, too.
  expect(await told('found', { after })).toEqual(['correction:'])
  expect(await told('ordinance -slip', { after, shown: ['bridge/event:rust'] })).toContain('correction:')
})

test('an edition tells what was chosen; what was left out is not owed, and a quiet day is one', async () => {
  let now = START - MINUTE
  const store = await openStore(createSqliteEngine(join(temporaryFolder(), 'db'), { clock: () => now }))
  onTestFinished(() => store.close())
  let library = content({ timeline: [OLD] })
  const publish = async (next: typeof library) => {
    library = next
    await store.revisions.record(partsOfAll(library))
  }
  await publish(library)
  const compose = createComposeEdition({
    ...{ store, commandLines: commandLinesFor, zone: 'UTC' },
    snapshots: fixedSnapshots(store, () => library, store.clock),
  })
  const composed = (place: Place = PLACE) => {
    const row = {
      key: 'k',
      kind: 'edition',
      place,
      lane: 'fake',
      digest: 'morning',
      number: 1,
      slot: now,
    }
    return compose({ ...row, state: 'due', date: '2026-05-05' } as Delivery, library)
  }
  const select = async (): Promise<Selection | undefined> => {
    const edition = await composed()
    return edition && JSON.parse(edition.selection)
  }
  const read = async () => toPlainText((await composed())!.reply)
  const subscription = {
    ...{ place: PLACE, digest: 'morning', time: '07:30', zone: 'UTC', days: 'mon', stories: '' },
    ...{ state: 'on' as const, setBy: 'fake:u', setAt: 0, nextSlot: START, nextDate: '2026-05-05' },
    ...{ newsFrom: START, quiet: 'skip' as const },
  }
  const partsOf = (selection: Selection | undefined) =>
    JSON.stringify(selection)?.match(/bridge\/[a-z]+:[a-z]+/g) ?? []

  await store.subscriptions.save([{ ...subscription, words: 'ordinance' }])
  now = START + MINUTE
  await publish(content({ timeline: [OLD, ROAD, VOTE] }))
  now += MINUTE
  const edition = await select()
  expect(partsOf(edition)).toContain('bridge/event:vote')
  expect(partsOf(edition)).not.toContain('bridge/event:road')
  expect(edition?.owed).toBeUndefined()

  await store.subscriptions.save([{ ...subscription, words: 'tunnel' }])
  expect(await select()).toBeUndefined()
  await store.subscriptions.save([{ ...subscription, words: 'tunnel', quiet: 'note' }])
  expect(await select()).toMatchObject({ quiet: { stories: 1, leftOut: 2 } })
  expect(await read()).toContain('Nothing with this channel’s words since Mon 12:30 · 2 entries left out')

  // Where the stories stand is told in any case, in the first edition of a place.
  const elsewhere = { ...subscription, place: 'fake:2' as const, newsFrom: undefined, words: 'tunnel' }
  await store.subscriptions.save([elsewhere])
  expect(JSON.parse((await composed('fake:2'))!.selection).body.stories).toHaveLength(1)
})
