import { beforeEach, describe, expect, test } from 'vitest'
import type { Form } from '../../../../src/chat/form.ts'
import { toPlainText } from '../../../../src/chat/plain-text.ts'
import { startCardConversation } from '../../../support/conversations/card-conversation.ts'
import { EDITOR, PLACE, STRANGER } from '../../../support/conversations/desk-conversation.ts'
import { NOON } from '../../../support/noon.ts'

const LEE = { id: EDITOR.id, name: 'Lee', rights: ['member' as const] }
let desk: Awaited<ReturnType<typeof startCardConversation>>
beforeEach(async () => {
  desk = await startCardConversation()
})

const WAITING =
  /^2 reports waiting for a decision\n+• WQAD: Bridge opens · bridge: “bridge” · \/desk card bbb\n• WQAD: Bridge shut · bridge: “bridge” · \/desk card aaa$/

describe('cards in typed lines', () => {
  test('what waits is listed, the newest first; each opens with its buttons', async () => {
    expect(await desk.say('/desk cards')).toBe('No report is waiting for a decision.')
    await desk.card('aaa', 'Bridge shut')
    await desk.card('bbb', 'Bridge opens')
    expect(await desk.say('/desk cards')).toMatch(WAITING)
    expect(await desk.say('/desk card AAA')).toMatch(
      /^WQAD: Bridge shut\n+bridge: “bridge” · Tue 5 May 06:00\n/,
    )
    expect(await desk.buttons('/desk card aaa')).toEqual([
      'Add to timeline: /desk add aaa',
      'Quotes…: /desk import "https://wqad.example/aaa" --into=bridge',
      'Ignore: /desk ignore aaa',
    ])
    expect(await desk.say('/desk card zzz')).toContain('There is no card of that name.')
    expect(await desk.say('/desk add')).toContain('Which report?')
  })

  test('an event is shown first, with all that is proposed, and added by the line behind the button', async () => {
    await desk.card('aaa', 'Bridge “shut” until 2 June, mayor says')
    expect(await desk.say('/desk add aaa')).toMatch(
      /^This would be added to bridge\. Nothing has been changed yet\.\n+5 May 2026 · Bridge “shut” until 2 June, mayor says\n+Source: WQAD, 5 May 2026\n+Confidence: medium · name: bridge-shut-until-2-june/,
    )
    expect(desk.events()).toHaveLength(3)
    const [confirm = ''] = await desk.buttons('/desk add aaa')
    const line = confirm.replace('Confirm: ', '')
    expect(await desk.say(line)).toMatch(
      /^Added to bridge\. It is in the answers now, and in the next brief: \/span timeline/,
    )
    expect(desk.events().at(-1)).toEqual({ id: 'bridge-shut-until-2-june', date: '2026-05-05', sources: [3] })
    expect(desk.sources().at(-1)).toMatchObject({
      ...{ number: 3, outlet: 'WQAD', title: 'Bridge “shut” until 2 June, mayor says', kind: 'news' },
      ...{ date: '2026-05-05', url: 'https://wqad.example/aaa', seen: '2026-05-05' },
    })
    expect(await desk.say('/span timeline')).toContain('Bridge “shut” until 2 June, mayor says')
    expect(await desk.loggedActions()).toMatchObject([
      { who: EDITOR.id, what: 'add report', item: 'aaa', story: 'bridge' },
    ])
    // A click more, by whoever it is, changes nothing and says who was first.
    expect(await desk.say(line, { caller: LEE })).toBe(
      'That is decided: Added to bridge by dana, 07:00 · event “5 May: Bridge “shut” until 2 June, mayor says”. Nothing was changed.',
    )
    expect(await desk.say('/desk ignore aaa')).toContain('That is decided: Added to bridge')
    expect(await desk.loggedActions()).toHaveLength(1)
  })

  test('one click takes it back, and only what its button is about', async () => {
    await desk.card('aaa', 'Bridge shut')
    await desk.say('/desk add aaa --confirm')
    expect(await desk.buttons('/desk card aaa')).toEqual([
      'Undo: /desk undo aaa 1',
      'Quotes…: /desk import "https://wqad.example/aaa" --into=bridge',
    ])
    expect(await desk.say('/desk undo aaa 1')).toBe(
      'Taken back: the event is gone from bridge, and the card shows its buttons again.',
    )
    expect([desk.events().length, desk.sources().length]).toEqual([3, 2])
    expect(await desk.say('/desk undo aaa')).toContain('Nothing was decided about that report')
    expect(await desk.say('/desk ignore aaa')).toBe('Ignored. The card says so.')
    expect(await desk.say('/desk undo aaa 1')).toContain(
      'Meanwhile something else was decided: Ignored by dana, 07:00.',
    )
    expect(await desk.say('/desk undo aaa')).toBe('Taken back. The card shows its buttons again.')
    expect((await desk.loggedActions()).map(({ what }) => what)).toEqual([
      ...['add report', 'undo add report', 'ignore report', 'undo ignore report'],
    ])
    expect(await desk.say('/desk add aaa --confirm')).toContain('Added to bridge.')
  })

  test('what is in the files by now is taken out there, and the answer names the file', async () => {
    await desk.card('aaa', 'Bridge shut')
    await desk.say('/desk add aaa --confirm')
    const documents = await desk.store.documents.all()
    await desk.store.documents.markPulled(
      documents.map(({ number }) => number),
      NOON,
    )
    expect(await desk.say('/desk undo aaa 1')).toBe(
      'Nothing was changed: the event is in stories/bridge/timeline.yml by now. Take it out there, or correct it.',
    )
    expect(await desk.say('/desk card aaa')).toContain('Added to bridge by dana')
  })

  test('an event that another source confirms may be certain; its source stays as long as it is needed', async () => {
    await desk.card('aaa', 'Bridge shut')
    await desk.card('bbb', 'Bridge shut, mayor confirms')
    await desk.say('/desk add aaa --confirm')
    expect(await desk.say('/desk add bbb --confidence high --confirm')).toContain('rests on two sources')
    expect(await desk.say('/desk add bbb --confidence "high 9" --confirm')).toContain(
      'The story has no source 9.',
    )
    expect(await desk.say('/desk add bbb --confidence "high 3" --confirm')).toContain('Added to bridge.')
    expect(desk.events().at(-1)).toMatchObject({ sources: [4, 3] })
    expect(await desk.say('/desk undo aaa')).toContain(
      'something else in bridge rests on this event or its source',
    )
    expect(await desk.say('/desk undo bbb')).toContain('Taken back')
    expect(await desk.say('/desk undo aaa')).toContain('Taken back')
    expect(desk.events()).toHaveLength(3)
  })

  test('a report that the story rests on already is not added as a source again', async () => {
    await desk.card('aaa', 'Bridge shut', { url: 'http://www.paper.example/bridge?utm_source=rss' })
    expect(await desk.say('/desk add aaa')).toContain('Its source is number 1 of the story already.')
    await desk.say('/desk add aaa --confirm')
    expect([desk.events().at(-1)!.sources, desk.sources().length]).toEqual([[1], 2])
    expect(await desk.say('/desk undo aaa')).toContain('Taken back')
  })

  test('the words stand as they were typed, whatever marks they have', async () => {
    const words = '1. *Bridge* [1] _shut_ <b>now</b> & `soon` \\ AT&amp;T # ~~no~~ “yes” --confirm'
    await desk.card('aaa', 'Bridge shut')
    await desk.say(`/desk add aaa --text=${JSON.stringify(words)} --confirm`)
    expect(await desk.say('/span timeline')).toContain(words)
  })

  test('what cannot be an event is refused, and nothing is changed', async () => {
    await desk.card('aaa', 'Bridge shut')
    for (const [flags, sentence] of [
      ['--date 2026-02-30', 'A date is written like 2017-08-07'],
      ['--date tomorrow', 'A date is written like 2017-08-07'],
      ['--date 2026-05-06', 'That day has not come yet.'],
      ['--text " "', '--text needs a value.'],
      [`--text "${'x'.repeat(601)}"`, 'That has 601 characters; an event has at most 600.'],
      ['--confidence surely', 'The confidence is medium, or high with another source'],
      ['--as "Not so"', 'A name has small letters, digits and hyphens'],
      ['--as 2026-05-02-1', 'Another event of the story is called 2026-05-02-1.'],
      ['--into nowhere', 'I know no such story.'],
      ['--into old-bridge --date 2026-05-02 --as known --public', 'Use the slash command'],
    ] as const)
      expect(await desk.say(`/desk add aaa ${flags} --confirm`)).toContain(sentence)
    expect(await desk.store.documents.waiting()).toBe(0)
    expect(await desk.loggedActions()).toEqual([])
  })

  test('another story, an older day, and a month where the day is not known', async () => {
    await desk.card('aaa', 'Bridge shut')
    await desk.say('/desk add aaa --into old-bridge --date 2026-04 --text "It was shut." --confirm')
    const story = desk.stories.library().story('old-bridge')!
    const added = story.timeline.find(({ id }) => id === 'bridge-shut')
    expect(added).toMatchObject({ date: '2026-04', text: ['It was shut.'] })
    expect(added).not.toHaveProperty('added')
    expect(await desk.say('/desk card aaa')).toContain(
      'Added to old-bridge by dana, 07:00 · event “Apr: It was shut.”',
    )
    await desk.card('bbb', 'Bridge rusts')
    await desk.say('/desk add bbb --date 2026-01-05 --confirm')
    const bridge = desk.stories.library().story('bridge')!
    expect(bridge.timeline.find(({ id }) => id === 'bridge-rusts')).toMatchObject({ added: '2026-05-05' })
    expect(bridge.coversTo).toBe('2026-05-04')
  })

  test('from what its outlet took back nothing can be added; it can be ignored', async () => {
    await desk.card('aaa', 'Bridge lies')
    await desk.card('aaa', '', { kind: 'changed', state: 'withdrawn' })
    expect(await desk.say('/desk card aaa')).toMatch(/^WITHDRAWN by WQAD/)
    expect(await desk.buttons('/desk card aaa')).toEqual([])
    expect(await desk.say('/desk add aaa --confirm')).toContain('was withdrawn by its outlet')
    expect(await desk.say('/desk ignore aaa')).toBe('Ignored. The card says so.')
  })

  test('an audit of a card shows the report and the event, and no state of ours', async () => {
    await desk.card('aaa', 'Bridge shut')
    await desk.addPostedMessage('card:aaa', ['wire/card:aaa', 'wire/item:aaa'], { kind: 'card' })
    const said = await desk.say('/desk audit card:aaa')
    expect(said).toContain('wire/item:aaa')
    expect(said).toContain('a card in slack:T1/C1')
    expect(said).not.toContain('wire/card')
  })

  test('who is no editor learns nothing, by no line and by no form', async () => {
    await desk.card('aaa', 'Bridge shut')
    const refused = await desk.say('/desk cards', { caller: STRANGER })
    for (const line of ['card aaa', 'add aaa --confirm', 'ignore aaa', 'undo aaa', 'add zzz'])
      expect(await desk.say(`/desk ${line}`, { caller: STRANGER })).toBe(refused)
    expect(await desk.store.cards.countWaiting()).toBe(1)
    const [source] = desk.forms!
    const call = { command: 'desk', text: 'add aaa', place: PLACE, caller: STRANGER, at: NOON }
    const reply = await source!.buildForm({ ...call, audience: 'caller' }, 'aaa')
    expect('fields' in reply ? 'a form' : toPlainText(reply)).toBe(refused)
  })
})

describe('the form', () => {
  const call = { place: PLACE, caller: EDITOR, at: NOON, audience: 'caller' as const }
  const source = () => desk.forms!.find(({ prefix }) => prefix === 'add:')!
  async function formOf(id: string): Promise<Form> {
    const form = await source().buildForm({ ...call, command: 'desk', text: `add ${id}` }, id)
    if (!('fields' in form)) throw new Error(toPlainText(form))
    return form
  }
  const filled = (form: Form, more: Record<string, string> = {}) => ({
    item: [form.name],
    ...Object.fromEntries(form.fields.map(field => [field.name, ['value' in field ? field.value : '']])),
    ...Object.fromEntries(Object.entries(more).map(([name, value]) => [name, [value]])),
  })

  test('is opened by the bare line alone, also through the root command', () => {
    const opens = (command: string, text: string) => source().matchCall({ ...call, command, text })
    expect(opens('desk', 'add aaa')).toEqual({ name: 'aaa' })
    expect(opens('nutgraf', 'desk add aaa')).toEqual({ name: 'aaa' })
    for (const text of ['add', 'add aaa --confirm', 'add aaa bbb', 'ignore aaa', ''])
      expect(opens('desk', text)).toBeUndefined()
    expect(opens('nutgraf', 'add aaa')).toBeUndefined()
  })

  test('is filled in, fits on every platform, and submits a line that anybody could type', async () => {
    await desk.card('aaa', `Bridge shut ${'very '.repeat(200)}long`)
    const form = await formOf('aaa')
    expect(form.fields.map(({ name }) => name)).toEqual(['story', 'date', 'text', 'confidence', 'id'])
    for (const field of form.fields) {
      expect(field.label.length).toBeLessThanOrEqual(45)
      expect((field.hint ?? '').length).toBeLessThanOrEqual(100)
      if (field.kind === 'text') expect(field.value.length).toBeLessThanOrEqual(field.max)
      if (field.kind === 'one')
        for (const { name, value } of field.options)
          expect(Math.max(name.length, value.length)).toBeLessThanOrEqual(75)
    }
    const result = source().lineFor(
      filled(form, { text: 'The bridge\nis --shut "now".', confidence: 'high 1 bridge' }),
    )
    if (!('line' in result)) throw new Error(JSON.stringify(result))
    expect(result.line).toMatch(
      /^\/desk add aaa --into bridge --date 2026-05-05 --text="The bridge is --shut \\"now\\"\." /,
    )
    expect(await desk.say(result.line)).toContain('Added to bridge.')
    expect(desk.events().at(-1)).toMatchObject({ sources: [3, 1] })
    const again = await source().buildForm({ ...call, command: 'desk', text: 'add aaa' }, 'aaa')
    expect('fields' in again ? '' : toPlainText(again)).toContain('That is decided')
  })

  test('says at its field what is missing, and that a source is one of another story', async () => {
    await desk.card('aaa', 'Bridge shut')
    const form = await formOf('aaa')
    expect(source().lineFor(filled(form, { date: '', text: ' ', id: '' }))).toEqual({
      problems: {
        date: expect.any(String),
        text: 'Say what happened.',
        id: expect.any(String),
      },
    })
    expect(source().lineFor(filled(form, { story: 'old-bridge', confidence: 'high 1 bridge' }))).toEqual({
      problems: { confidence: 'That source is one of bridge. Choose medium, or type the line.' },
    })
    expect(source().lineFor({})).toMatchObject({ problems: { item: expect.any(String) } })
  })
})
