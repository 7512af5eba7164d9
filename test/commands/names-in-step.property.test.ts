import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLibrary } from '../../src/content/library.ts'
import { libraryFromFiles, QUOTE, storyFiles } from '../support/content/story-files.ts'
import { startConversation } from '../support/conversations/conversation.ts'
import { NOON } from '../support/noon.ts'

const SPEAKERS = [['Ana Example'], ['Ana Example', 'Bo Sample'], ['Cy Instance'], ['Bo Sample']]
const { stories } = libraryFromFiles(
  ...SPEAKERS.map((names, at) =>
    storyFiles(`bridge-${at}`, {
      meta: { title: `Shut bridge number ${'abcd'[at]}: what is known` },
      quotes: names.map((speaker, number) => ({ ...QUOTE, id: `q${number}`, speaker, aliases: [] })),
      people: [],
      facts: [],
    }),
  ),
)
const namesIn = ({ slug }: { slug: string }) => SPEAKERS[Number(slug.at(-1))]!

test('whatever stories come and go, names and titles are those of the stories that are there', () => {
  fc.assert(
    fc.property(fc.array(fc.shuffledSubarray(stories), { minLength: 1, maxLength: 5 }), contents => {
      for (const content of contents) {
        const { say, suggest } = startConversation(createLibrary(content, 'r'))
        const all = content.flatMap(namesIn)
        const wanted = content.flatMap(story =>
          namesIn(story).map(name =>
            all.filter(other => other === name).length > 1 ? `${name} (${story.slug})` : name,
          ),
        )
        const offered = (argument: string) =>
          suggest({ command: 'quote', argument, typed: '', at: NOON }).map(({ value }) => value)
        expect(offered('of').filter(value => / (Example|Sample|Instance)/.test(value))).toEqual(wanted)
        expect(offered('story')).toEqual(content.map(({ slug }) => slug))
        for (const name of new Set(SPEAKERS.flat()))
          expect(say(`/quote ${name.slice(0, -2)}x`).includes(name)).toBe(all.includes(name))
        for (const story of stories)
          expect(
            say(`/nutgraf shut bridge number ${'abcd'[Number(story.slug.at(-1))]}`).includes(story.title),
          ).toBe(content.includes(story))
      }
    }),
    { numRuns: 60 },
  )
})
