import { describe, expect, test } from 'vitest'
import { libraryFromFiles, QUOTE, storyFiles } from '../../support/content/story-files.ts'
import { startConversation } from '../../support/conversations/conversation.ts'
import { NOON } from '../../support/noon.ts'

type Said = { speaker: string; role: string; words: string; aliases?: string[] }

/** A conversation about stories in which these people are quoted. */
function quoting(stories: Record<string, Said[]>) {
  const files = Object.entries(stories).map(([slug, said]) =>
    storyFiles(slug, {
      meta: { title: `The story of ${slug}` },
      stored: { 'paper.txt': `${said.map(({ words }) => `"${words}" somebody said.`).join('\n\n')}\n` },
      quotes: said.map((one, index) => ({ ...QUOTE, aliases: [], id: `q-${index}`, ...one })),
      people: [],
      facts: [],
    }),
  )
  return startConversation(libraryFromFiles(...files))
}

const MAYOR = { speaker: 'John Smith', role: 'Mayor', words: 'We open the bridge.' }
const SUSPECT = { speaker: 'John Smith', role: 'Murder suspect', words: 'I was not there.' }

describe('the same name in two stories', () => {
  const bot = quoting({ bridge: [MAYOR, { ...MAYOR, words: 'We close it again.' }], crime: [SUSPECT] })

  test('is a choice that names role and story, and never one speaker', () => {
    for (const typed of ['/quote smith', '/quote SMITH', '/quote John Smith', '/quote "john smith" #2']) {
      const said = bot.say(typed)
      expect(said).toContain('• John Smith, Mayor, in The story of bridge (bridge)')
      expect(said).toContain('• John Smith, Murder suspect, in The story of crime (crime)')
      expect(said).not.toMatch(/We open|I was not|\d of \d/)
    }
  })

  test('buttons, flags and completions lead to the right one, and from quote to quote of the same one', () => {
    const [mayor, suspect] = bot.buttons('/quote smith').map(button => button.split(': ')[1]!)
    expect(bot.say(mayor!)).toMatch(/We open the bridge.*John Smith, Mayor.*1 of 2/s)
    expect(bot.say(suspect!)).toMatch(/I was not there.*Murder suspect.*1 of 1/s)
    expect(bot.say('/quote smith --story crime')).toContain('I was not there.')
    expect(bot.say('/crime quotes smith')).not.toContain('We open')
    const [next] = bot.buttons(mayor!)
    expect(bot.say(next!.split(': ')[1]!)).toMatch(/We close it again.*2 of 2/s)
    const offers = bot.suggest({ command: 'quote', argument: 'of', typed: 'smi', at: NOON })
    expect(offers).toEqual([
      { name: 'John Smith, Mayor, in The story of bridge', value: 'John Smith (bridge)' },
      { name: 'John Smith, Murder suspect, in The story of crime', value: 'John Smith (crime)' },
    ])
    expect(bot.say(`/quote "${offers[0]!.value}"`)).toContain('We open the bridge.')
    expect(bot.say(`/quote "${offers[1]!.value}"`)).toContain('I was not there.')
    expect(bot.say(`/quote "${offers[1]!.value}" --card`)).toContain('I was not there.')
  })

  test('the quote that a check finds is that of the right one', () => {
    const button = bot.buttons('/quote check "I was not there."').find(line => line.includes('/quote '))!
    expect(bot.say(button.split(': ')[1]!)).toContain('Murder suspect')
  })

  test('in very many stories is a choice that fits on a phone and says how many more there are', () => {
    const stories = Array.from({ length: 40 }, (_, index): [string, Said[]] => [`s${index}`, [MAYOR]])
    expect(quoting(Object.fromEntries(stories)).say('/quote smith')).toMatch(
      /and 3\d more: name the story with --story/,
    )
  })

  test('does not make a list of all speakers longer', () => {
    expect(bot.say('/quote --story crime')).toContain('John Smith')
  })
})

describe('names that differ only in marks', () => {
  const people = [
    'Ana Peña',
    'Ana Pena',
    'राम शर्मा',
    'रामा शर्मा',
    'Łukasz Nowak',
    'Lukasz Nowak',
    'Jörg Groß',
    'Jorg Gross',
  ]
  const said = people.map((speaker, index) => ({
    speaker,
    role: `role ${index}`,
    words: `These are the words ${index}.`,
  }))
  const bot = quoting({ bridge: said })

  test('are different people: a name typed exactly wins, whatever its capitals', () => {
    for (const [index, name] of people.entries())
      for (const typed of [name, name.toUpperCase().normalize('NFD'), name.toLowerCase()].filter(
        // ß in capitals is SS, which is another name here.
        typed => !typed.includes('GROSS'),
      ))
        expect(bot.say(`/quote ${typed}`), typed).toMatch(
          new RegExp(`words ${index}\\..*, role ${index}\n.*1 of 1`, 's'),
        )
  })

  test('typed without marks are a choice between both, each with role, and their buttons lead to each', () => {
    for (const typed of ['pena', 'nowak', 'gross']) {
      const lines = bot.buttons(`/quote ${typed}`).map(button => button.slice(button.indexOf(': ') + 2))
      const answers = lines.slice(0, 2).map(line => bot.say(line))
      expect(new Set(answers).size, typed).toBe(2)
      for (const answer of answers) expect(answer).toMatch(/1 of 1/)
    }
    expect(bot.say('/quote peña')).toContain('words 0.')
    expect(bot.say('/quote groß')).toContain('words 6.')
  })
})
