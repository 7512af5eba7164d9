import fc from 'fast-check'
import type { ContentFile } from '../../../src/content/read/story-folder.ts'
import { digestFile } from '../content/digest-file.ts'
import { anyStory, type StoryStyle } from './any-story.ts'
import { anyText, type TextKind } from './any-text.ts'
import { storyFilesOf } from './written-story.ts'

const anyStyle: fc.Arbitrary<StoryStyle> = fc.record({
  kind: fc.oneof<fc.WeightedArbitrary<TextKind>[]>(
    { weight: 1, arbitrary: fc.constant('plain') },
    { weight: 5, arbitrary: fc.constant('mixed') },
    { weight: 6, arbitrary: fc.constant('hostile') },
    { weight: 1, arbitrary: fc.constant('broken') },
  ),
  long: fc.constantFrom(0.2, 0.5, 0.8, 1.2),
  huge: fc.nat(2).map(number => number === 0),
  many: fc.constantFrom(1, 3, 6, 12),
  raw: fc.nat(9).map(number => number === 0),
})

const NAMES = ['bridge', 'a-very-long-name-of-32-characters', 'x', 'lawsuit']

/** Any content folder: one to four stories, written in one style, and two digests of them. */
export const anyContent: fc.Arbitrary<ContentFile[]> = anyStyle.chain(style =>
  fc
    .tuple(
      fc.array(fc.tuple(anyStory(style), fc.boolean()), { minLength: 1, maxLength: style.many > 5 ? 2 : 4 }),
      anyText(style.kind, style.long > 0.9 ? 60 : 30),
      fc.nat(3),
    )
    .map(([stories, title, shift]) => {
      const slug = (at: number) => NAMES[(at + shift) % NAMES.length]!.slice(0, 32)
      const digests = [
        { name: 'morning', title, time: '08:00', days: 'daily' },
        { name: 'one', title: 'One story', time: '09:00', days: 'mon', quiet: 'note', stories: [slug(0)] },
      ]
      return [
        ...stories.flatMap(([story, hasCommand], at) =>
          storyFilesOf(slug(at), hasCommand ? `c${slug(at)}`.slice(0, 31) : undefined, story),
        ),
        digestFile(digests),
      ]
    }),
)
