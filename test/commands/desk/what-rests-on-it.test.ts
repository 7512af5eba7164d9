import { appendFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Store } from '../../../src/store/store.ts'
import { startCardConversation } from '../../support/conversations/card-conversation.ts'
import { article, PAGE, startImportConversation } from '../../support/conversations/import-conversation.ts'

const IMPORT = `/desk import ${PAGE} --into bridge`
const OTHER = { who: 'slack:T1/U2', at: 1_000 }
const EVENT = {
  path: 'stories/bridge/timeline.desk.yml',
  entry: { id: 'bridge-shut', date: '2026-05-03', text: 'Of another.', confidence: 'medium', sources: [1] },
}

/** A store in which another process adds something at the last moment: after the check, before it is stored. */
function beaten(entries: (typeof EVENT)[]) {
  let isOver = false
  return (store: Store) => ({
    documents: {
      ...store.documents,
      add: async (...act: Parameters<Store['documents']['add']>) => {
        if (!isOver) await store.documents.add({ key: 'other', ...OTHER, entries })
        isOver = true
        return store.documents.add(...act)
      },
    },
  })
}

describe('two processes that add at the same moment', () => {
  test('what does not fit together is refused to the second, and the story stays whole', async () => {
    const desk = await startCardConversation({}, { store: beaten([EVENT]) })
    await desk.card('aaa', 'Bridge shut')
    expect(await desk.say('/desk add aaa --confirm')).toContain(
      'Another event of the story is called bridge-shut',
    )
    expect(desk.stories.problems()).toEqual([])
    expect(desk.events().map(({ id }) => id)).toContain('bridge-shut')
    expect(await desk.say('/desk card aaa')).not.toContain('Added')
    // The form offers another name now.
    expect(await desk.say('/desk add aaa')).toContain('bridge-shut-2')
    expect(await desk.say('/desk add aaa --confirm')).toContain('Added to bridge.')
  })

  test('what fits together is added by both', async () => {
    const other = { ...EVENT, entry: { ...EVENT.entry, id: 'another' } }
    const desk = await startImportConversation(undefined, { store: beaten([other]) })
    await desk.say(IMPORT)
    expect(await desk.say('/desk draft wqad confirm sure')).toContain('Confirmed: q1, q2, p1, p2')
    expect(await desk.store.documents.all()).toHaveLength(7)
    expect(desk.stories.problems()).toEqual([])
  })

  test('a report whose page is read later: its source is told without alarm', async () => {
    const page = 'http://paper.example/page'
    const desk = await startImportConversation({ [page]: () => article({ url: page }) })
    const source = { number: 3, outlet: 'WQAD', title: 'X', kind: 'news', url: page }
    await desk.store.documents.add({
      ...{ key: 'other', ...OTHER },
      entries: [{ path: 'stories/bridge/sources.desk.yml', entry: source }],
    })
    await desk.documents.refresh()
    const answer = await desk.say(`/desk import ${page} --into bridge`)
    expect(answer).not.toContain('PROBABLY WRONG')
    const all = answer + (await desk.say('/desk draft paper --page 2'))
    expect(all).toContain('this page is source 3 of the story “bridge” already, without its text')
  })

  test('what another process added is known before a check', async () => {
    const desk = await startCardConversation()
    await desk.card('aaa', 'Bridge shut')
    await desk.store.documents.add({ key: 'other', ...OTHER, entries: [EVENT] })
    expect(await desk.say('/desk add aaa --confirm')).toContain(
      'Another event of the story is called bridge-shut',
    )
  })
})

describe('what something else rests on is not taken back', () => {
  test('an event that was corrected', async () => {
    const desk = await startCardConversation()
    await desk.card('aaa', 'Bridge shut')
    await desk.say('/desk add aaa --confirm')
    await desk.say(
      '/desk correct bridge/event:bridge-shut --was "Bridge shut" --now "Bridge open" --why "Misread." --confirm',
    )
    expect(await desk.say('/desk undo aaa')).toContain('something else in bridge rests on this event')
    expect(desk.stories.problems()).toEqual([])
    expect(await desk.say('/desk card aaa')).toContain('Added to bridge by dana')
  })

  test('the page of a draft that a report cites too, when the last piece goes', async () => {
    const desk = await startImportConversation()
    await desk.say(IMPORT)
    await desk.say('/desk draft wqad confirm q1 q2')
    const cites = { ...EVENT, entry: { ...EVENT.entry, sources: [3] } }
    await desk.store.documents.add({ key: 'other', ...OTHER, entries: [cites] })
    expect(await desk.say('/desk draft wqad undo q1 q2')).toContain('Undone: q1, q2')
    expect(desk.stories.problems()).toEqual([])
    expect(await desk.say('/span sources')).toContain('WQAD')
    await desk.store.documents.removeEntry('other')
    await desk.say('/desk draft wqad confirm q1')
    await desk.say('/desk draft wqad undo q1')
    expect(await desk.say('/span sources')).not.toContain('WQAD')
  })

  test('a piece that was corrected, while the others go', async () => {
    const desk = await startImportConversation()
    await desk.say(IMPORT)
    await desk.say('/desk draft wqad confirm q1 q2')
    const id = desk.stories
      .library()
      .story('bridge')!
      .quotes.find(({ speaker }) => speaker === 'Bo Lind')!.id
    await desk.say(
      `/desk correct bridge/quote:${id} --was "Nobody asked us before they closed the bridge." --now "Nobody." --why "Misread." --confirm`,
    )
    const answer = await desk.say('/desk draft wqad undo q1 q2')
    expect(answer).toContain('Undone: q1')
    expect(answer).toContain('Not q2: something else in the story rests on it by now')
    expect(desk.stories.problems()).toEqual([])
  })
})

describe('what the folder takes meanwhile', () => {
  test('the number of a source that was reserved for a draft', async () => {
    const desk = await startImportConversation()
    await desk.say(IMPORT)
    await desk.say('/desk draft wqad confirm q1')
    await desk.say('/desk draft wqad undo q1')
    await desk.store.documents.add({
      ...{ key: 'other', ...OTHER },
      entries: [
        {
          path: 'stories/bridge/sources.desk.yml',
          entry: { number: 3, outlet: 'City', title: 'X', kind: 'primary' },
        },
      ],
    })
    await desk.documents.refresh()
    expect(await desk.say('/desk draft wqad confirm q1')).toContain('Confirmed: q1')
    expect(
      desk.stories
        .library()
        .story('bridge')!
        .sources.map(({ number }) => number),
    ).toEqual([1, 2, 3, 4])
  })

  const HIDDEN = {
    sources: [
      {
        number: 1,
        outlet: 'The Paper',
        title: 'Bridge shut',
        kind: 'news',
        text: 'paper.txt',
        skip: [9],
        rights: 'ours',
      },
      { number: 2, outlet: 'City', title: 'Notice of closure', kind: 'primary' },
      { number: 3, outlet: 'Secret', title: 'To come', kind: 'primary' },
    ],
    timeline: [
      { date: '2025-12-30', text: 'An inspection finds rust.', confidence: 'medium', sources: [1] },
      {
        ...{
          id: 'bridge-shut',
          date: '2026-05-04',
          text: 'Not yet known.',
          confidence: 'medium',
          sources: [3],
        },
        embargo: '2026-12-01T12:00:00Z',
      },
    ],
  }

  test('a number and a name that nobody may see yet', async () => {
    const desk = await startCardConversation(HIDDEN)
    await desk.card('aaa', 'Bridge shut')
    expect(await desk.say('/desk add aaa --confirm')).toContain('Added to bridge.')
    expect(desk.events().at(-1)).toMatchObject({ id: 'bridge-shut-2', sources: [4] })
  })

  test('a whole story that is gone: the desk is told, and may take back what it added', async () => {
    const desk = await startCardConversation()
    await desk.card('aaa', 'Bridge shut')
    await desk.say('/desk add aaa --confirm')
    rmSync(join(desk.folder, 'stories/bridge'), { recursive: true })
    appendFileSync(join(desk.folder, 'stories/old-bridge/corrections.yml'), '\n')
    const stop = desk.stories.watch({ onChanged: () => {}, onFailed: () => {} })
    await expect
      .poll(() => desk.stories.problems())
      .toEqual([
        expect.stringMatching(/^desk: stories\/bridge\/\w+\.desk\.yml:1 .*the folder has no story “bridge”/),
      ])
    expect(await desk.say('/desk undo aaa')).toContain('Taken back')
    await expect.poll(() => desk.stories.problems()).toEqual([])
    stop()
  })
})
