import { describe, expect, test } from 'vitest'
import { bundledLibrary, startConversation } from '../../support/conversations/conversation.ts'
import { startDigestConversation, THURSDAY } from '../../support/conversations/digest-conversation.ts'

/**
 * How well an answer meets what its line wants, judged by hand: `one press` away, a `dead end` that leaves the person
 * where they were, or `misleading`: an answer to something else that looks like one to the line.
 */
type Judgement = 'at once' | 'one press' | 'dead end' | 'misleading'

/** Lines that people typed who had read nothing, with words of the answer or the line that it was read as. */
const LINES: [typed: string, judgement: Judgement, answer: string][] = [
  ['what did sessions say about funding', 'at once', 'I read this as: /quote sessions funding'],
  ['/lawsuit what happened in 2018', 'at once', 'I read this as: /lawsuit timeline 2018'],
  ['/quote emanuel false choice', 'at once', '“Chicago will never be put in a situation of a false choic'],
  ['/lawsuit latest news', 'at once', 'I read this as: /lawsuit latest'],
  ['/nutgraf who is leinenweber', 'at once', 'I read this as: /lawsuit who leinenweber'],
  ['/lawsuit timeline march 2018 to june 2018', 'at once', '8 events in 2018'],
  ['when is the next digest', 'at once', 'I read this as: /digest status'],
  ['/lawsuit', 'at once', 'Chicago v. Sessions: the fight over police-grant condition'],
  ['/quote', 'one press', 'Whose words? Rahm Emanuel · Eddie Johnson · Jeff Sessions '],
  ['/nutgraf', 'at once', 'nutgraf: short, sourced answers. Only you see slash-comman'],
  ['hello', 'at once', 'Hello! Ask about a story, a person or a quote, for example'],
  ['help', 'at once', 'nutgraf: short, sourced answers. Only you see slash-comman'],
  ['/help', 'at once', 'I read this as: /nutgraf help'],
  ['list all quotes', 'at once', 'I read this as: /lawsuit quotes'],
  ['list the events', 'one press', 'Which story? /lawsuit timeline, /nutgraf welcoming-city ti'],
  ['/lawsuit list all sources', 'at once', 'I read this as: /lawsuit sources'],
  ['lawsuit summary', 'at once', 'Chicago v. Sessions: the fight over police-grant condition'],
  ['/lawsuit sumary', 'one press', 'I don’t know “sumary”. Did you mean: /lawsuit summary?'],
  [
    'sumary',
    'one press',
    'I don’t know “sumary”. Did you mean: /lawsuit summary, /nutgraf welcoming-city summary?',
  ],
  ['sumary lawsuit', 'one press', 'Did you mean: /lawsuit summary?'],
  ['/quot sessions', 'one press', 'I don’t know “quot”. Did you mean: /quote sessions?'],
  ['/nutgraf quot sessions', 'one press', 'Did you mean: /quote sessions?'],
  ['/lawsuit quot sessions', 'one press', 'Did you mean: /lawsuit quotes sessions?'],
  ['/quote chek "a false choice"', 'one press', 'Did you mean: /quote check "a false choice"?'],
  ['/story lst', 'one press', 'Did you mean: /nutgraf story list?'],
  ['timelin 2018', 'one press', 'Did you mean: /lawsuit timeline 2018?'],
  ['sessions on sanctuary', 'at once', 'I read this as: /quote sessions sanctuary'],
  ['list everyone', 'one press', 'Which story? /lawsuit who, /nutgraf welcoming-city who'],
  ['/quote random sessions', 'at once', 'I read this as: /quote sessions #'],
  ['latest quote', 'at once', 'I read this as: /quote 13993 #1'],
  ['/quote first sessions', 'at once', 'I read this as: /quote sessions #5'],
  [
    'quotes from 2018',
    'at once',
    'I read this as: /lawsuit quotes 2018 · Said or written in 2018: 13 of 41 quotes',
  ],
  [
    'quotes since 2019',
    'at once',
    'I read this as: /lawsuit quotes 2019.. · Said or written since 1 Jan 2019: 6 of',
  ],
  [
    'quotes before 2018',
    'at once',
    'Said or written up to 31 Dec 2017: 18 of 41 quotes · 4 of them without a date',
  ],
  ['quotes from March 2018', 'one press', 'None of the 41 quotes here was said or written in Mar 2018'],
  ['what did sessions say in 2017', 'at once', 'I read this as: /lawsuit quotes sessions 2017 · Said or wr'],
  [
    'quotes about funding in 2018',
    'at once',
    'I read this as: /quote funding 2018 · Said or written in 2018: 1 of',
  ],
  ['who said false choice', 'at once', 'I read this as: /quote false choice'],
  ['all quotes by sessions', 'at once', 'I read this as: /lawsuit quotes sessions'],
  ['sessions 2017', 'at once', 'I read this as: /lawsuit quotes sessions 2017 · Said or written in 2017'],
  ['/quote sessions 2', 'at once', '“No amount of federal taxpayer dollars will help a city'],
  ['/lawsuit list', 'at once', 'I read this as: /lawsuit help'],
  ['last event', 'one press', 'Which story? /lawsuit latest, /nutgraf welcoming-city latest'],
  ['first event', 'one press', 'Which story? /lawsuit timeline, /nutgraf welcoming-city time'],
  ['/lawsuit sources from 2017', 'one press', 'Sources · Chicago v. Sessions: the fight over police-gr'],
  ['/quote everyone', 'at once', 'I read this as: /lawsuit quotes'],
  ['give me 3 quotes', 'at once', 'I read this as: /lawsuit quotes · I did not use: “3”'],
  ['fact check sessions', 'at once', 'I read this as: /lawsuit facts sessions'],
  ['everything', 'one press', 'Which story? /lawsuit background, /nutgraf welcoming-city back'],
  ['wrong', 'at once', 'I read this as: /nutgraf report'],
  ['court date', 'dead end', 'I found nothing here for “court date”'],
  ['subscribe', 'one press', 'I read this as: /digest on'],
  ['/lawsuit tell me about the lawsuit', 'at once', 'I read this as: /lawsuit summary'],
  ['/lawsuit why does it matter', 'at once', 'I read this as: /lawsuit background'],
  ['/lawsuit who won', 'at once', 'I read this as: /lawsuit status'],
  ['/lawsuit who is the judge', 'at once', 'I read this as: /lawsuit who judge'],
  ['/lawsuit judge', 'at once', 'I read this as: /lawsuit who judge'],
  ['/lawsuit when was it filed', 'at once', 'I read this as: /nutgraf find filed --story lawsuit'],
  ['/lawsuit what is byrne jag', 'at once', 'I read this as: /nutgraf find byrne jag --story lawsuit'],
  ['/lawsuit byrne jag', 'at once', 'I read this as: /nutgraf find byrne jag --story lawsuit'],
  ['/lawsuit supreme court', 'at once', 'I read this as: /nutgraf find supreme court --story lawsuit'],
  [
    '/lawsuit how much money was at stake',
    'at once',
    'I read this as: /lawsuit money · I did not use: “stake”',
  ],
  ['/lawsuit money', 'at once', 'Money · Chicago v. Sessions: the fight over police-grant c'],
  ['/lawsuit is it over', 'at once', 'I read this as: /lawsuit status'],
  ["/lawsuit what's next", 'at once', 'I read this as: /lawsuit next'],
  ['/lawsuit next', 'at once', 'Coming · Chicago v. Sessions: the fight over police-grant '],
  ['/lawsuit timeline 2018', 'at once', '18 events in 2018'],
  ['/lawsuit timeline 2018-06', 'at once', '7 events in June 2018'],
  ['/lawsuit timeline august 2017', 'at once', '9 events in Aug 2017'],
  ['/lawsuit timeline --since 2020', 'at once', '9 events from 2020 to 2021'],
  ['/lawsuit timeline last', 'at once', 'I read this as: /lawsuit latest'],
  ['/lawsuit timeline newest first', 'at once', 'I read this as: /lawsuit latest'],
  ['/lawsuit timeline page 3', 'at once', 'I read this as: /lawsuit timeline · I did not use: “page 3”'],
  ['/lawsuit quotes sessions', 'at once', '9 quotes by Jeff Sessions'],
  ['/lawsuit sessions', 'at once', 'I read this as: /lawsuit quotes sessions'],
  ['/lawsuit emanuel', 'at once', 'I read this as: /lawsuit quotes emanuel'],
  ['/lawsuit emanuel quotes', 'at once', 'I read this as: /lawsuit quotes emanuel'],
  ['/quote rahm emanuel', 'at once', '“Chicago will never be put in a situation of a false choic'],
  ['/quote emmanuel', 'one press', 'I don’t know “emmanuel”. Did you mean: /quote Emanuel?'],
  ['/quote mayor', 'at once', '“Chicago will never be put in a situation of a false choic'],
  ['/quote trump', 'at once', '“jurisdictions that willfully refuse to comply with 8 U.S.'],
  ['/quote sessions on funding', 'at once', 'None of Jeff Sessions’s 9 quotes has “funding”. These are '],
  ['/quote sessions grant', 'at once', '“This administration will not simply give away grant dolla'],
  ['/quote "political pawns"', 'at once', '“It is a false choice and a wrong choice. Chicago will not'],
  ['/quote pawns', 'at once', '“It is a false choice and a wrong choice. Chicago will not'],
  ['/quote leinenweber nationwide', 'at once', '“the Court withdraws its declaration that 8 U.S.C. §§ 1373'],
  [
    '/quote check chicago will never be put in a situation of a false choice',
    'at once',
    'Differs here from our copy of WQAD (source 1), line 9. The',
  ],
  ['/quote random', 'at once', 'I read this as: /quote '],
  ['/nutgraf search byrne', 'at once', 'I read this as: /nutgraf find byrne'],
  ['/nutgraf what is 1373', 'at once', 'I read this as: /nutgraf find 1373'],
  ['/nutgraf welcoming city', 'at once', 'I read this as: /nutgraf welcoming-city summary'],
  ['/nutgraf find supreme court', 'at once', '“supreme court” · 12 hits in 1 story'],
  ['/nutgraf digest', 'at once', 'Digests in #city-desk'],
  ['/digest on every morning at 8', 'one press', '“8” is not a time. Write 7:30, 19:00 or 7pm.'],
  ['/digest on morning 8am', 'at once', 'Done. I posted a confirmation'],
  ['/digest next', 'at once', 'I read this as: /digest status'],
  ['/digest when', 'at once', 'I read this as: /digest status'],
  ['/digest on weekly friday 4pm', 'at once', 'Done. I posted a confirmation'],
  ['/lawsuit sources 37', 'at once', 'Source 37: Justice Department (via a blog), Statement of A'],
  ['/lawsuit source 37', 'at once', 'Source 37: Justice Department (via a blog), Statement of A'],
  ['/lawsuit sources wqad', 'at once', 'Source 1: WQAD, Chicago set to become first city in U.S. t'],
  ['/lawsuit facts first city', 'at once', '“first city” · 3 facts'],
  ['/lawsuit résumé', 'at once', 'I read this as: /lawsuit summary'],
  ['/lawsuit resumen', 'at once', 'I read this as: /lawsuit summary'],
  ['/lawsuit zusammenfassung', 'at once', 'I read this as: /lawsuit summary'],
  ['/quote was hat sessions gesagt', 'at once', 'I read this as: /quote sessions'],
  ['/lawsuit 要約', 'at once', 'I read this as: /lawsuit summary'],
  ['/demanda resumen', 'one press', 'Which story? /lawsuit summary, /nutgraf welcoming-city sum'],
  ['¿qué dijo sessions?', 'at once', 'I read this as: /quote sessions'],
  ['/lawsuit share', 'one press', 'I read this as: /lawsuit summary --public'],
  ['/lawsuit subscribe', 'one press', 'I read this as: /lawsuit follow'],
  ['/lawsuit summary please', 'at once', 'I read this as: /lawsuit summary'],
  [
    '/lawsuit summary in 3 bullets',
    'at once',
    'I read this as: /lawsuit summary · I did not use: “3 bullets”',
  ],
  ['/lawsuit short', 'at once', 'I read this as: /lawsuit summary'],
  ['/lawsuit tldr', 'at once', 'I read this as: /lawsuit summary'],
  ['/lawsuit tl;dr', 'at once', 'I read this as: /lawsuit summary'],
  ['/lawsuit eli5', 'at once', 'I read this as: /lawsuit summary'],
  ['/nutgraf sanctuary city', 'at once', 'I read this as: /nutgraf find sanctuary city'],
  ['/nutgraf stories', 'at once', 'I read this as: /nutgraf story list'],
  ['/nutgraf list', 'at once', 'I read this as: /nutgraf story list'],
  ['/nutgraf how do I add a story', 'dead end', 'I read this as: /nutgraf help · I did not use: “add”'],
  ['@nutgraf lawsuit summary', 'at once', 'Chicago v. Sessions: the fight over police-grant condition'],
  ['/lawsuit@summary', 'at once', 'I read this as: /lawsuit summary'],
  ['/LAWSUIT SUMMARY', 'at once', 'Chicago v. Sessions: the fight over police-grant condition'],
  ['summary lawsuit', 'at once', 'I read this as: /lawsuit summary'],
  ['/summary lawsuit', 'at once', 'I read this as: /lawsuit summary'],
  ['quote sessions', 'at once', '“every sanctuary city to reconsider carefully the harm the'],
  ['sessions quote', 'at once', 'I read this as: /quote sessions'],
  ['/quotes sessions', 'at once', 'I read this as: /quote sessions'],
  ['/lawsuit summary --share', 'one press', 'I read this as: /lawsuit summary --public'],
  ['thanks', 'at once', 'You’re welcome! What you can ask: /nutgraf help'],
]

/** Digests need a bot that runs. */
const isAboutDigests = (typed: string) => typed.includes('digest')

describe('lines that people typed', () => {
  const { say, ask, errors } = startConversation(bundledLibrary)

  test.each(LINES.filter(([typed]) => !isAboutDigests(typed)))('%s (%s)', (typed, judgement, answer) => {
    expect(say(typed)).toContain(answer)
    const { buttons = [], menus = [] } = ask(typed)
    if (judgement === 'one press') expect(buttons.length + menus.length).toBeGreaterThan(0)
    expect(errors).toEqual([])
  })

  test.each(LINES.filter(([typed]) => isAboutDigests(typed)))('%s (%s)', async (typed, _, answer) => {
    const { say } = await startDigestConversation({ library: bundledLibrary })
    expect(await say(typed, { at: THURSDAY })).toContain(answer)
  })

  test('at least three of four lead to what was wanted at once or in one press, and none misleads', () => {
    const {
      'at once': atOnce = [],
      'one press': onePress = [],
      misleading = [],
    } = Object.groupBy(LINES, ([, judgement]) => judgement)
    expect(LINES.length).toBeGreaterThanOrEqual(83)
    expect((atOnce.length + onePress.length) / LINES.length).toBeGreaterThanOrEqual(0.75)
    expect(misleading).toEqual([])
  })
})
