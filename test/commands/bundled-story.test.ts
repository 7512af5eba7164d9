import { describe, expect, test } from 'vitest'
import { toPlainText } from '../../src/chat/plain-text.ts'
import { PHONE_BUDGET } from '../../src/chat/reply.ts'
import { bundledLibrary, startConversation } from '../support/conversations/conversation.ts'

const { ask, say, buttons, errors } = startConversation(bundledLibrary)
const LABEL = 'ARCHIVED STORY · covers 25 Jan 2017 to 28 Apr 2021 · later events not checked'

test('the summary has its label first, both sides and its sources, and fits on a phone', () => {
  const reply = ask('/lawsuit summary')
  const text = toPlainText(reply)
  expect(text.split('\n')[0]).toBe(LABEL)
  expect(text).toContain('Chicago v. Sessions')
  expect(text).toContain('Justice Department')
  expect(text).toMatch(/Sources 1, 2, .*checked/)
  expect(text.length).toBeLessThanOrEqual(PHONE_BUDGET)
  expect(reply.parts).toEqual(['lawsuit/section:summary', 'lawsuit/label'])
  expect(buttons('/lawsuit summary')).toEqual([
    'Sources: /lawsuit sources',
    'Timeline: /lawsuit timeline',
    'Share to channel: /lawsuit summary --public',
  ])
})

test('all ways to type a line give the same answer', () => {
  const answer = say('/lawsuit summary')
  for (const typed of [
    '/lawsuit',
    '/LAWSUIT  Summary.',
    '/nutgraf lawsuit',
    '@nutgraf lawsuit summary',
    'lawsuit summary',
    '/nutgraf /lawsuit summary',
    '/nutgraf story lawsuit',
    '/nutgraf story "lawsuit summary"',
    '“lawsuit” “summary”',
  ])
    expect(say(typed), typed).toBe(answer)
})

test('the words of Sessions come first as the article has them, with what a reader must know', () => {
  const reply = ask('/quote sessions')
  expect(toPlainText(reply)).toMatch(
    /^PARTIAL QUOTE · not a reply to the lawsuit · archived story .*\n\n“every sanctuary city to reconsider carefully the harm they are doing to their residents by refusing to cooperate with federal law enforcement, to re-think these policies\.”\nJeff Sessions, U\.S\. Attorney General at the time\nWQAD, 6 Aug 2017 .*line 17 of our copy · date spoken: not given/,
  )
  expect(reply.parts).toEqual(['lawsuit/quote:sessions-1', 'lawsuit/label'])
  expect(buttons('/quote sessions')).toEqual([
    'Next: on the suit, 7 Aug: /quote sessions #2',
    'Source: /lawsuit sources #1',
    'Share to channel: /quote sessions --public',
  ])
  expect(say('/quote sessions #2')).toContain('7 Aug 2017')
})

test('written words are dated, spoken ones said; a copy of either does not tell', () => {
  expect(say('/quote eo 13768')).toContain('Federal Register, dated 25 Jan 2017, line 1 of our copy\n')
  expect(say('/quote emanuel')).toContain('line 9 of our copy · said 6 Aug 2017\n')
  expect(say('/quote manion')).toContain(
    '4 June 2018 (date of the report), line 2 of our copy · words of 19 Apr 2018',
  )
})

test('the source of a quotation is named once', () => {
  expect(say('/quote sessions').match(/source 1\b/gi)).toEqual(['Source 1'])
})

test('every quotation has its kind and its warning, wherever it is shown', () => {
  expect(say('/lawsuit quotes sessions #1')).toMatch(/^PARTIAL QUOTE · not a reply to the lawsuit · /)
  expect(say('/lawsuit quotes officials')).toMatch(/^REPORTED, NOT A QUOTATION .*\n\ncomplying with/)
  expect(say('/lawsuit quotes emanuel')).toContain(
    '\n• #3 · date not given · reported, not a quotation · begins: other major',
  )
  expect(say('/nutgraf find reconsider residents')).toContain(
    '• Partial quote, Jeff Sessions, not a reply to the lawsuit: “',
  )
  for (const words of [
    'every sanctuary city to reconsider',
    'every sanctuary town to reconsider carefully',
  ]) {
    const text = say(`/quote check "${words}"`)
    expect(text).toMatch(/^PARTIAL QUOTE · not a reply to the lawsuit · /)
    expect(text).toContain('Editor’s note: The article came before the suit.')
  }
  expect(say('/quote check "has a message for President Donald Trump"')).toContain(
    'What the record shows: The outlet’s own words; not a quotation.',
  )
})

test('somebody who is in the story but not quoted, or quoted under another name', () => {
  expect(say('/quote siskel')).toContain('Edward Siskel is in the story “Chicago v. Sessions')
  expect(say('/quote siskel')).toContain('but is not quoted here: /lawsuit who siskel')
  expect(buttons('/quote lightfoot')).toEqual([
    'Who: lawsuit: /lawsuit who lightfoot',
    'Who: welcoming-city: /nutgraf welcoming-city who lightfoot',
  ])
  expect(say('/quote diamond rovner')).toContain(
    'Ilana Rovner is quoted here as 7th Circuit (Judge Ilana Rovner): /quote rovner',
  )
})

test('names on buttons are short, the line beside them is whole', () => {
  expect(say('/quote circuit')).toContain('Whose words? 7th Circuit (Judge Ilana Rovner) · 7th Circuit ·')
  expect(buttons('/quote circuit')).toEqual([
    'Rovner: /quote "7th Circuit Judge Ilana Rovner"',
    '7th Circuit: /quote "7th Circuit"',
    '9th Circuit: /quote "9th Circuit"',
  ])
})

test('a copy that holds only what is quoted does not pass for the whole document', () => {
  expect(say('/lawsuit sources #32')).toContain('Our copy: holds the quoted passages only')
  const whole = say('/lawsuit sources #1')
  expect(whole).toContain('Our copy: kept byte for byte')
  expect(whole.indexOf('Rights: ')).toBeLessThan(whole.indexOf('Our copy: '))
})

test('the turning points stand on one page, and menus lead to each event and each year', () => {
  const reply = ask('/lawsuit timeline')
  const text = toPlainText(reply)
  expect(text).toMatch(
    /^ARCHIVED STORY.*\n\nTurning points · Chicago v\. Sessions.*\n\n• 25 July 2017 · Justice Dept\./,
  )
  expect(text.match(/^• /gm)).toHaveLength(12)
  expect(text).not.toContain('Page 1')
  expect(text.length).toBeLessThanOrEqual(PHONE_BUDGET)
  expect(reply.parts).toHaveLength(13)
  const [events, years] = reply.menus!
  expect(events).toMatchObject({ label: 'Open an event' })
  expect(events!.options[3]).toEqual({
    label: '19 Apr 2018 · 7th Circuit upholds the nationwide block',
    line: '/lawsuit timeline 2018-04-19',
    turns: true,
  })
  expect(years).toMatchObject({ label: 'All 52 events, by time' })
  expect(years!.options.map(({ label }) => label)).toEqual([
    '2017 (20)',
    '2018 (18)',
    '2019 (5)',
    '2020 (3)',
    '2021 (6)',
  ])
})

test('a year is an index: a line an event, as a whole phrase, and the title on the first page only', () => {
  const first = say('/lawsuit timeline 2018')
  expect(first).toContain('18 events in 2018')
  expect(first).toContain('\n• 19 Apr 2018 · 7th Circuit upholds the nationwide block\n')
  expect(first).toContain('\n\nTimeline · ')
  expect(say('/lawsuit timeline 2018 --page 2')).not.toContain('Timeline · ')
  const all = [1, 2, 3].map(page => say(`/lawsuit timeline 2018 --page ${page}`)).join('\n')
  expect(all.match(/^• .*/gm)).toHaveLength(18)
  // Only whole sentences, and a mark where there are more of them.
  expect(all).toContain('New York City sues over the conditions, No. 1:18-cv-06474 (S.D.N.Y.). […]')
  for (const typed of ['timeline 19 Apr 2018', 'timeline 2018-04-19'])
    expect(say(`/lawsuit ${typed}`)).toContain('Judge Manion agrees Chicago was likely to win')
})

test('sources are listed by kind and outlet, and chosen by number, outlet, kind and year', () => {
  const overview = ask('/lawsuit sources')
  expect(toPlainText(overview)).toContain(
    '• News (55): Chicago Sun-Times (5), Chicago Tribune (3) and 40 others',
  )
  expect(overview.menus!.map(({ label }) => label)).toEqual(['Choose a kind', 'Choose an outlet'])
  expect(say('/lawsuit sources news 2017')).toContain('News 2017 · 21 sources')
  expect(say('/lawsuit sources 7th circuit')).toContain('7th Circuit · 8 sources')
  expect(say('/lawsuit sources wqad')).toContain('Source 1: WQAD')
  expect(say('/lawsuit sources 37')).toBe(say('/lawsuit sources #37'))
  expect(say('/lawsuit sources 2024')).toContain('Source ')
})

test('quotes are listed by speaker, and those of one with their first words, never as if these were all', () => {
  expect(say('/lawsuit quotes')).toMatch(
    /\n\n41 quotes by 17 speakers · By one of them: \/lawsuit quotes sessions\n\n/,
  )
  expect(say('/lawsuit quotes sessions')).toContain(
    '\n• #1 · date not given · partial quote · not a reply to the lawsuit · begins “every sanctuary city to reconsider carefully” …\n',
  )
  const opened = ask('/lawsuit quotes sessions #1')
  expect({ ...opened, buttons: [] }).toEqual({ ...ask('/quote sessions'), buttons: [] })
  expect(buttons('/lawsuit quotes sessions #2')).toEqual([
    'Back to the list: /lawsuit quotes sessions',
    'Next: /lawsuit quotes sessions #3',
    'Previous: /lawsuit quotes sessions #1',
    'Share to channel: /lawsuit quotes sessions #2 --public',
  ])
})

test('a quote of one speaker without the typed word: it is said, and all are listed', () => {
  expect(say('/lawsuit quotes sessions funding', { fromButton: true })).toMatch(
    /^None of Jeff Sessions’s 9 quotes has “funding”\. All of them:\n\nARCHIVED STORY/,
  )
  expect(ask('/lawsuit quotes sessions simply').parts).toEqual(['lawsuit/quote:sessions-4', 'lawsuit/label'])
})

test('words in two passages are joined by a mark, on one line of the source', () => {
  expect(say('/quote johnson')).toContain(
    '“Our job is to investigate crime, […] Our job is not to investigate immigration status.”',
  )
})

test('“see you in court” is no quotation', () => {
  const reply = ask('/quote see you in court')
  expect(toPlainText(reply)).toMatch(/^NOT A QUOTATION · /)
  expect(toPlainText(reply)).toContain('There is no such quote. These words are the outlet’s own')
  expect(toPlainText(reply)).toContain('WQAD, line 5')
  expect(reply.refusal).toBe(true)
  expect(reply.parts).toEqual(['lawsuit/fact:c2', 'lawsuit/label'])
})

test('ice finds ICE, never police, and a disputed claim carries its verdict', () => {
  const text = say('/nutgraf find ice')
  expect(text).toContain('bans ICE agents from police facilities')
  expect(text).toContain('→ Too absolute: in 2017 the ordinance had four exceptions.')
  for (const line of text.split('\n').filter(line => line.startsWith('•'))) expect(line).toMatch(/\bICE\b/)
})

test('what must not be printed is nowhere', () => {
  expect(say('/nutgraf find "1.5 million"')).toContain('Nothing found')
  for (let page = 1; page < 40; page++) {
    const text = say(`/lawsuit facts --page ${page}`)
    if (text.startsWith('There')) break
    expect(text).not.toMatch(/1\.5 million/)
  }
})

describe('every verb of both stories', () => {
  const verbs = 'summary status timeline latest who background facts sources changes help'.split(' ')
  test.each(['/lawsuit', '/nutgraf welcoming-city'].flatMap(head => verbs.map(verb => `${head} ${verb}`)))(
    '%s',
    typed => {
      const reply = ask(typed)
      expect(reply.refusal).toBeUndefined()
      expect(toPlainText(reply)).toMatch(/^ARCHIVED STORY · covers /)
      expect(reply.parts.length).toBeGreaterThan(0)
    },
  )

  test('sections of a story are verbs of its own', () => {
    expect(say('/lawsuit help --page 2')).toContain(
      '/lawsuit cities · San Francisco, Los Angeles, New York City, Boston, Philadelphia\n',
    )
    expect(say('/nutgraf welcoming-city help --page 2')).toContain('exceptions · “Exceptions” in this story')
    expect(say('/lawsuit cities')).toContain('San Francisco')
    expect(say('/nutgraf welcoming-city exceptions')).toContain('felony')
  })
})

test('nothing went wrong on the way', () => {
  expect(errors).toEqual([])
})
