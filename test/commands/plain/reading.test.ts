import { describe, expect, test } from 'vitest'
import { toPlainText } from '../../../src/chat/plain-text.ts'
import { libraryFromFiles, storyFiles } from '../../support/content/story-files.ts'
import { bundledLibrary, startConversation } from '../../support/conversations/conversation.ts'

const { ask, say, buttons, errors } = startConversation(bundledLibrary)
/** The line that stands above an answer. */
const lead = (typed: string, call = {}) =>
  toPlainText({ ...ask(typed, call), blocks: [], label: undefined, title: undefined })

describe('is read as', () => {
  test.each([
    // Somebody’s words, with words of the quote.
    ['what did sessions say about funding?', '/quote sessions funding'],
    ['what has Emanuel said on community policing', '/quote emanuel community policing'],
    ['sessions on immigration', '/quote sessions immigration'],
    ['/quote who said nationwide', '/quote nationwide'],
    ['/lawsuit see you in court', '/quote see you in court --story lawsuit'],
    ['/lawsuit quotes from the mayor', '/lawsuit quotes mayor'],
    ['/lawsuit what did rahm say', '/lawsuit quotes rahm'],
    ['/quote emanuel as a card', '/quote emanuel --card'],
    ['what did trump say', '/quote 13768'],
    // Who somebody is, by name, office and role.
    ['who is eddie johnson', '/lawsuit who eddie johnson'],
    ['/lawsuit who is the attorney general', '/lawsuit who attorney general'],
    ['who was the mayor', '/lawsuit who mayor'],
    ['/lawsuit danny davis', '/lawsuit who danny davis'],
    // Days and ranges, in every form that is printed.
    ['/lawsuit what happened on 19 Apr 2018', '/lawsuit timeline 2018-04-19'],
    ['/lawsuit Apr 2018', '/lawsuit timeline 2018-04'],
    ['/lawsuit events in April, 2018', '/lawsuit timeline 2018-04'],
    ['lawsuit March 2018 to June 2018', '/lawsuit timeline 2018-03..2018-06'],
    ['/lawsuit between 2017 and 2018', '/lawsuit timeline 2017..2018'],
    ['/lawsuit after 2020', '/lawsuit timeline 2021..'],
    ['/nutgraf what happened in 2018', '/lawsuit timeline 2018'],
    ['/lawsuit changes 2018', '/lawsuit changes --since 2018-01-01'],
    // News.
    ["what's new", '/nutgraf changes'],
    ['anything new since monday', '/nutgraf changes --since 2026-05-04'],
    ['what happened yesterday', '/nutgraf changes --since 2026-05-04'],
    ['/lawsuit any corrections?', '/lawsuit changes'],
    // Other verbs.
    ['is it true that chicago was first', '/lawsuit facts chicago first'],
    ['/lawsuit is the first city claim true', '/lawsuit facts first city'],
    ['/lawsuit where is this from', '/lawsuit sources'],
    ['/lawsuit sources from the tribune', '/lawsuit sources tribune'],
    ['/lawsuit key dates', '/lawsuit timeline'],
    ['/lawsuit how did it end', '/lawsuit status'],
    ['/lawsuit full story', '/lawsuit background'],
    ['/lawsuit as a picture', '/lawsuit timeline --chart'],
    ['chicago v. sessions timeline', '/lawsuit timeline'],
    ['welcoming city exceptions', '/nutgraf welcoming-city exceptions'],
    ['/lawsuit worum geht es', '/lawsuit summary'],
    ['/lawsuit help me', '/lawsuit help'],
    ['what can you do', '/nutgraf help'],
    ['are you a bot', '/nutgraf about'],
    ['which stories do you have', '/nutgraf story list'],
    // The rest is looked for.
    ['/lawsuit what is a nationwide injunction', '/nutgraf find nationwide injunction --story lawsuit'],
    ['/lawsuit san francisco', '/nutgraf find san francisco --story lawsuit'],
    ['when did sessions resign', '/nutgraf find sessions resign'],
    ['when did philadelphia sue', '/nutgraf find philadelphia sue'],
    ['why did chicago sue sessions', '/nutgraf find chicago sue sessions'],
    ['/lawsuit what did the supreme court say', '/nutgraf find supreme court --story lawsuit'],
    ['new york', '/nutgraf find new york'],
  ])('“%s”: %s', (typed, line) => {
    expect(lead(typed)).toBe(`I read this as: ${line}`)
    expect(ask(typed).notFound, typed).toBeUndefined()
  })

  test('a line that can be typed, with the same answer', () => {
    for (const typed of ['/lawsuit who is the judge', 'what is a sanctuary city', '/lawsuit april 2018']) {
      const line = lead(typed).replace('I read this as: ', '')
      const { lead: _, title, ...read } = ask(typed)
      const { title: own, ...same } = ask(line)
      expect(read, typed).toEqual(same)
      expect(title ?? own, typed).toBe(own)
    }
  })

  test('a name counts more than words that contain it, and the whole name more than a part', () => {
    expect(say('/quote trump')).toContain('Executive Order 13768, presidential document')
    const { say: sayIn } = startConversation(
      libraryFromFiles(
        storyFiles('example', { meta: { title: 'An example of a bridge' } }),
        storyFiles('span'),
      ),
    )
    expect(sayIn('what did ana example say')).toMatch(/^I read this as: \/quote ana example/)
    expect(sayIn('ben example')).toMatch(/^I read this as: \/quote ben example/)
  })
})

describe('no word is dropped in silence', () => {
  test('those that were not used are named', () => {
    expect(lead('/lawsuit summary in 3 bullets')).toBe(
      'I read this as: /lawsuit summary · I did not use: “3 bullets”',
    )
    expect(lead('/lawsuit money xylophone')).toContain('I did not use: “xylophone”')
    expect(lead('what did sessions say in 2018')).toBe('I read this as: /lawsuit quotes sessions 2018')
    expect(lead('/nutgraf changes xylophone')).toContain('I did not use: “xylophone”')
    expect(lead('/nutgraf about xylophone')).toContain('I did not use: “xylophone”')
  })

  test('where others read along, only how many', () => {
    const place = { audience: 'place' as const }
    expect(lead('/lawsuit summary naughty', place)).toBe(
      'I read this as: /lawsuit summary · I did not use one word of the line',
    )
    expect(lead('is it true that chicago was first', place)).toBe('I read this as: /lawsuit facts chicago …')
    expect(say('what did sessions say about funding', place)).not.toContain('funding')
    expect(lead('what did sessions say', place)).toBe('I read this as: /quote sessions')
    expect(ask('what did sessions say --public').canonicalLine).toBe('/quote sessions')
  })
})

describe('nothing is changed, and nothing shown to others, that was not pressed', () => {
  test.each([
    ['stop the weekly digest', '/digest off weekly'],
    ['subscribe me to the morning brief', '/digest on morning'],
    ['send me the morning digest at 8am on weekdays', '/digest on morning 8am weekdays'],
    ['/lawsuit subscribe', '/lawsuit follow'],
    ['/lawsuit unsubscribe', '/lawsuit unfollow'],
    ['/lawsuit share', '/lawsuit summary --public'],
    ['/lawsuit timeline --share', '/lawsuit timeline --public'],
    ['share the quotes of emanuel here', '/quote emanuel --public'],
    ['share sessions quote with everyone', '/quote sessions --public'],
  ])('%s', (typed, line) => {
    const reply = ask(typed)
    expect(reply.refusal).toBe(true)
    expect(toPlainText(reply)).toContain(`${line}. It changes something here or shows it to others`)
    expect(reply.buttons?.map(button => button.line)).toEqual([line])
  })
})

test('none of somebody’s quotes has the word: it is said, and all are listed', () => {
  const text = say('/quote sessions funding')
  expect(text).toContain('None of Jeff Sessions’s 9 quotes has “funding”. These are the quotes:')
  expect(text.match(/^• #\d/gm)!.length).toBeGreaterThan(5)
  expect(text).toContain('All of them: /lawsuit quotes sessions')
  expect(text).toContain('#1 · date not given · partial quote · not a reply to the lawsuit')
  expect(
    ask('/quote sessions funding')
      .menus?.[0]?.options.map(({ line }) => line)
      .at(-1),
  ).toBe('/quote sessions #9')
  expect(say('/quote sessions naughty', { audience: 'place' })).toContain('quotes has that word.')
  expect(say('/quote emanuel wrong choice xylophone')).toContain('No quote here also has “xylophone”.')
})

test('words in quotation marks are checked against our sources', () => {
  expect(say('did emanuel say "see you in court"')).toMatch(
    /^I read this as: \/quote check "see you in court" · I did not use: “emanuel”/,
  )
})

test('the line can be typed in the place: Discord takes a story only behind `story`', () => {
  const place = { place: 'discord:1/2' as const }
  expect(lead('welcoming city exceptions', place)).toBe(
    'I read this as: /nutgraf story welcoming-city exceptions',
  )
  expect(ask('timeline', place).buttons?.[1]?.line).toBe('/nutgraf story welcoming-city timeline')
})

test('which story is meant is asked, and a line offered for each', () => {
  expect(buttons('timeline')).toEqual([
    'lawsuit: /lawsuit timeline',
    'welcoming-city: /nutgraf welcoming-city timeline',
  ])
  expect(say('what happened in 2012')).toMatch(/^I read this as: \/nutgraf welcoming-city timeline 2012/)
})

test('a greeting and thanks get a short line, which is nobody else’s', () => {
  for (const typed of ['hello', 'Good morning!', 'hey nutgraf', 'hola'])
    expect(say(typed), typed).toMatch(/^Hello! Ask about a story/)
  for (const typed of ['thanks', 'ok, thank you!', 'merci'])
    expect(say(typed), typed).toMatch(/^You’re welcome!/)
  expect(ask('thanks', { audience: 'place' }).refusal).toBe(true)
})

test('what nobody can read stays unknown, and a name that was mistyped is offered, not corrected', () => {
  for (const typed of ['asdfgh', '/lawsuit xylophone', '/quote the moon is cheese'])
    expect(say(typed), typed).toMatch(/^I don’t know/)
  expect(say("what's the weather")).toBe(
    'I found nothing here for “weather”. What you can ask: /nutgraf help',
  )
  expect(say('/lawsuit tell me a joke')).toBe(
    'I found nothing here for “joke”. What you can ask: /lawsuit help',
  )
  expect(say('tell me a joke', { audience: 'place' })).toBe(
    'I found nothing here for that. What you can ask: /nutgraf help',
  )
  expect(say('/lawsuit sumary')).toMatch(/^I don’t know “sumary”\. Did you mean: \/lawsuit summary\?/)
  expect(say('/quote emmanuel')).toMatch(/^I don’t know “emmanuel”\. Did you mean: \/quote Emanuel\?/)
  expect(say('/nutgraf find xylophone')).toContain('Nothing found')
})

test('the line of a button is never read in another way', () => {
  expect(say('/lawsuit who won', { fromButton: true })).not.toContain('I read this as')
})

test('nothing went wrong on the way', () => {
  expect(errors).toEqual([])
})
