import { describe, expect, test } from 'vitest'
import { toPlainText } from '../../../src/chat/plain-text.ts'
import { PHONE_BUDGET } from '../../../src/chat/reply.ts'
import { libraryFromFiles, PAPER, QUOTE, storyFiles } from '../../support/content/story-files.ts'
import { startConversation } from '../../support/conversations/conversation.ts'

const library = libraryFromFiles(
  storyFiles('bridge'),
  storyFiles('tunnel', {
    meta: { title: 'The tunnel' },
    facts: [],
    stored: { 'paper.txt': '"We dig on," Cem Beispiel said. "The safe way is the slow way."\n' },
    sources: [
      { number: 1, outlet: 'The Post', title: 'Tunnel', kind: 'news', text: 'paper.txt', rights: 'ours' },
    ],
    timeline: [],
    people: [],
    quotes: [
      { ...QUOTE, id: 'c1', speaker: 'Cem Beispiel', aliases: ['The digger'], words: 'We dig on,' },
      { ...QUOTE, id: 'c2', speaker: 'Cem Beispiel', aliases: [], words: 'The safe way is the slow way.' },
    ],
  }),
)
const { ask, say, buttons } = startConversation(library)

test('a speaker: the first quote in the editors’ order, then the next', () => {
  expect(say('/quote beispiel')).toMatch(
    /“We dig on,”\nCem Beispiel, Mayor at the time\nThe Post, line 1 .*1 of 2/s,
  )
  expect(buttons('/quote beispiel')).toEqual([
    'Next: /quote beispiel #2',
    'Source: /nutgraf tunnel sources #1',
    'Share to channel: /quote beispiel --public',
  ])
  expect(say('/quote beispiel #2')).toContain('“The safe way is the slow way.”')
  expect(say('/quote Beispiel. #3')).toBe('There are 2 quotes for that, numbered from 1: /quote beispiel #1')
  expect(say('/quote beispiel #0')).toContain('numbered from 1')
  expect(ask('/quote beispiel #2').parts).toEqual(['tunnel/quote:c2', 'tunnel/label'])
})

test('another name of a speaker, or a word of it', () => {
  for (const who of ['the digger', 'digger', 'cem', 'CEM  beispiel', '“Cem Beispiel”'])
    expect(say(`/quote ${who}`), who).toContain('“We dig on,”')
})

test('words: the quote that holds them in a row, whatever the signs', () => {
  for (const words of ['nobody will cross', 'Nobody WILL cross it, before then!', '“cross it”'])
    expect(ask(`/quote ${words}`).parts, words).toEqual(['bridge/quote:mayor-1', 'bridge/label'])
  expect(say('/quote the bridge stays')).toContain('“The bridge stays shut until it is safe, […] Nobody will')
})

test('the line of a button holds the words that were found, not the signs that were typed', () => {
  expect(buttons('/quote “is”;;;')[0]).toBe('Next: /quote is #2')
})

test('several speakers are offered, and the story that was asked of stays', () => {
  expect(say('/quote example')).toMatch(/^Whose words\? Ana Example · Ben Example\n/)
  expect(buttons('/quote example --story bridge')).toEqual([
    'Ana Example: /quote "Ana Example" --story bridge',
    'Ben Example: /quote "Ben Example" --story bridge',
  ])
  expect(say('/quote')).toMatch(/^Whose words\? Ana Example · Ben Example · Cem Beispiel\n/)
  expect(say('/quote --story tunnel')).toMatch(/^Whose words\? Cem Beispiel\n/)
})

test('a name that is part of another can be asked for', () => {
  const said = (id: string, speaker: string) => ({ ...QUOTE, id, speaker, aliases: [] })
  const { ask, buttons } = startConversation(
    libraryFromFiles(
      storyFiles('court', {
        quotes: [said('a', 'J. Doe'), said('b', 'J. Doe Jr.'), said('c', '7th Court (J. Doe)')],
      }),
    ),
  )
  const all = buttons('/quote doe')
  expect(all).toHaveLength(3)
  for (const [index, line] of all.entries())
    expect(ask(line.slice(line.indexOf('/'))).parts[0]).toBe(`court/quote:${'abc'[index]}`)
})

test('--story keeps to one story', () => {
  expect(say('/quote safe --story tunnel')).toContain('“The safe way is the slow way.”')
  expect(say('/quote beispiel --story bridge')).toMatch(/^I don’t know “beispiel”/)
  expect(say('/quote safe --story tunel')).toContain('Did you mean: /quote safe --story tunnel?')
  expect(say('/quote safe --story')).toContain('--story needs a value')
})

test('nothing exact: says so, offers names, and never paraphrases', () => {
  expect(say('/quote the bridge is unsafe')).toBe(
    'I don’t know “the bridge is unsafe”. What you can ask: /quote\n\nNo quote here has exactly these words. I never paraphrase.',
  )
  expect(say('/quote beispeil')).toContain('Did you mean: /quote Beispiel?')
})

test('a slip in one of the two words of a name offers the name; another word is looked for in the quotes', () => {
  for (const typed of ['cem beispeil', 'cen beispiel'])
    expect(say(`/quote ${typed}`)).toMatch(
      new RegExp(`^I don’t know “${typed}”. Did you mean: /quote "Cem Beispiel"?`),
    )
  expect(say('/quote beispiel cat')).toContain('None of Cem Beispiel’s 2 quotes has “cat”')
  expect(say('/quote beispeil cem')).toContain('None of Cem Beispiel’s 2 quotes has “beispeil”')
})

test('words of the outlet are nobody’s quotation, with what the record says of just these words', () => {
  expect(say('/quote see you in june')).toContain('Nobody was found who said these words.')
  expect(ask('/quote see you in june').parts).toEqual(['bridge/fact:word', 'bridge/label'])
  expect(say('/quote police closed the road')).toContain('The police closed one lane of two.')
  expect(ask('/quote all ice on it').parts).toEqual(['bridge/label'])
  // The website's own notice is no part of the story.
  expect(say('/quote reload this page')).toMatch(/^I don’t know “reload this page”/)
})

test('a word of a source that nobody is quoted with', () => {
  expect(say('/quote drivers')).toContain(
    'Nobody is quoted here with that word. It appears in The Paper, line 5 of our copy',
  )
  expect(buttons('/quote drivers')).toEqual(['Source: /nutgraf bridge sources #1'])
})

test('somebody who is in a story but not quoted: said without the words that were typed', () => {
  const told = say('/quote MULLER armel', { audience: 'place' })
  expect(told).toContain(
    'Zoë Müller-Ärmel is in the story “The bridge on Main Street” but is not quoted here',
  )
  expect(told).not.toContain('MULLER')
  expect(say('/quote muller --story tunnel')).toMatch(/^I don’t know “muller”/)
})

describe('check', () => {
  const check = (text: string) => say(`/quote check ${text}`)

  test.each([
    '"The bridge stays shut until it is safe,"',
    '“The bridge stays shut until it is safe,”',
    'The bridge stays shut until it is safe,',
  ])('exact: %s', typed => {
    const text = check(typed)
    expect(text).toMatch(/^QUOTE · developing story · /)
    expect(text).toContain('Exact match with our copy of The Paper (source 1), line 3.')
    expect(text).toContain('Ana Example, Mayor at the time.')
    expect(text).toContain('not whether it is true')
  })

  test.each([
    ['"The bridge stays shut until it is safe."', 'has a comma where yours has a full stop.'],
    ['“The bridge stays shut until it is safe”.', 'has a comma where yours has a full stop.'],
    ['“The bridge stays shut until it.”', 'goes on where yours has a full stop.'],
    ['«The bridge stays shut until it is safe»', 'has a comma where yours has nothing.'],
    ['Nobody will cross it before then,', 'has a full stop where yours has a comma.'],
  ])('exact words, but for the end: %s', (typed, end) => {
    expect(check(typed)).toMatch(/Exact (?:words in|match with) our copy of The Paper/)
    expect(check(typed)).toContain(`At the end our copy ${end}`)
  })

  test('what is shown of exact words is ours, also where others read it', () => {
    expect(say('/quote check “The bridge stays shut until it is safe.”', { audience: 'place' })).toContain(
      '\n\n“The bridge stays shut until it is safe,”\n\n',
    )
  })

  test('the kind, the remark and the verdict go with the words', () => {
    expect(check('We asked for repairs')).toMatch(/^QUOTE · before the storm · /)
    expect(check('We asked for the repairs for years')).toMatch(/^QUOTE · before the storm · /)
    expect(check('Police closed the road')).toContain('What the record shows: Too broad: one lane.')
    expect(check('for drivers: see you in June')).toContain('What the record shows: Nobody said this.')
    expect(check('and all ice on it')).not.toContain('What the record shows')
  })

  test('an editor’s note that has no room is named, with the line that tells it', () => {
    const words = `${'It is a long bridge and a good one '.repeat(13)}to cross.`
    const { say } = startConversation(
      libraryFromFiles(
        storyFiles('long', {
          stored: { 'paper.txt': `"${words}" he said.\n` },
          facts: [],
          quotes: [{ ...QUOTE, words, note: 'The paper shortened it. '.repeat(15) }],
        }),
      ),
    )
    const text = say(`/quote check "${words}"`)
    expect(text).toContain('An editor’s note goes with these words: /quote "Ana Example" #1')
    expect(text.length).toBeLessThanOrEqual(PHONE_BUDGET)
  })

  test('exact across […], and with flags or a picker’s single value', () => {
    const both = 'stays shut until it is safe, […] Nobody will cross'
    expect(check(`"${both}"`)).toContain('Exact match')
    expect(check(`"${both}"`)).toContain('[…] marks where the source has other words in between.')
    expect(check(`"${both}" --public`)).toMatch(/^A check is for you alone/)
    expect(say(`/quote "check ${both}"`)).toContain('Exact match')
    expect(say(`/nutgraf quote check “${both}”`)).toContain('Exact match')
  })

  test('exact, but the outlet’s own words', () => {
    const text = check('see you in June')
    expect(text).toMatch(/^CHECKED WORDS · /)
    expect(text).toContain('They are the outlet’s own words there, not inside quotation marks.')
  })

  test.each([
    ['THE BRIDGE STAYS SHUT', 'our copy has “The bridge stays shut”, yours “THE BRIDGE STAYS SHUT”'],
    ['stays shut — until it is safe', 'After “shut”: yours adds “—”'],
  ])('the same words with other signs: %s', (typed, difference) => {
    const text = check(typed)
    expect(text).toContain('The words are the same; only punctuation, capitals or spaces differ.')
    expect(text).toContain(difference)
  })

  test('other words: marked in our copy, and told one by one', () => {
    const reply = ask('/quote check The bridge stays closed until it is really safe')
    expect(toPlainText(reply)).toContain(
      'Differs here from our copy of The Paper (source 1), line 3, which reads',
    )
    expect(reply.blocks[1]).toEqual({
      kind: 'text',
      text: ['“', 'The bridge stays', ' ', { bold: 'shut' }, ' ', 'until it is safe,', ' …”'],
    })
    expect(toPlainText(reply)).toContain('• After “stays”: our copy has “shut”, yours “closed”')
    expect(toPlainText(reply)).toContain('• After “is”: yours adds “really”')
    expect(reply.refusal).toBeUndefined()
  })

  test('others who read the answer do not read what was typed', () => {
    const text = say('/quote check The bridge stays closed until it is really safe', { audience: 'place' })
    expect(text).toContain('• After “stays”: our copy has “shut”')
    expect(text).not.toMatch(/closed|really/)
  })

  test('not found: in how many sources, and what that does not mean', () => {
    expect(check('the moon is made of cheese')).toBe(
      'Not found in our 2 stored sources. That does not mean it was not said: we keep only what our stories rest on.',
    )
  })

  test('too little, and too much', () => {
    for (const typed of ['', 'two words', '!!!', '“”']) expect(check(typed)).toContain('at least three words')
    expect(check('word '.repeat(150))).toContain('at most 500 at a time')
  })

  test('never says that something is true', () => {
    for (const typed of [PAPER.slice(0, 30), 'see you in June', 'the bridge is safe now'])
      expect(check(typed).replace('not whether it is true', '')).not.toMatch(/\btrue\b|\bcorrect\b/i)
  })
})
