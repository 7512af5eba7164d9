import { correctedEventParts, type KnownEvents, nameEvents } from '../content/events/event-names.ts'
import { storyPartsHash } from '../content/parts.ts'
import type { Story } from '../content/story.ts'

/**
 * Where the names of events are known from messages that have shown them, by story; and the hash of the parts that each
 * story had when it was recorded last, so that the unchanged ones need not be asked about.
 */
export type EventNames = {
  knownEventsOf(slugs: string[]): Promise<KnownEvents>
  recordedStories?(slugs?: string[]): Promise<Map<string, string>>
}

/** So few are asked for by name; of many, all are read at once. */
const FEW = 100

/** Calls events by the names under which messages have shown them. */
export type EventNaming = {
  /** Learns the names of the events of some stories. Without the store they keep those that are known here. */
  learn(stories: Story[]): Promise<void>
  /** A story with its events named so: the same object each time, and the story itself where nothing differs. */
  named(story: Story): Story
}

/** Creates what names events. Until `source` gives where names are known from, each is called as its entry says. */
export function createEventNaming(source: () => EventNames | undefined): EventNaming {
  const knownBySlug = new Map<string, KnownEvents>()
  const lastNamed = new Map<string, Story>()
  const namedStories = new WeakMap<Story, { known: KnownEvents; story: Story }>()

  return {
    async learn(stories) {
      const names = source()
      if (!names || stories.length === 0) return
      try {
        const slugs = stories.length < FEW ? stories.map(({ slug }) => slug) : undefined
        const recorded = await names.recordedStories?.(slugs)
        const unsure = stories.filter(story => recorded?.get(story.slug) !== storyPartsHash(story))
        const known = await names.knownEventsOf(unsure.map(({ slug }) => slug))
        const eventsByStory = Map.groupBy(known.events, ({ story }) => story)
        const causesByStory = Map.groupBy(known.correctedParts, ([cause]) =>
          cause.slice(0, cause.indexOf('/')),
        )
        for (const { slug } of unsure) {
          // A correction is about the event that it named when it was first seen here, even before the store knows it.
          const before = lastNamed.get(slug)
          const seen = before ? correctedEventParts([before]) : []
          knownBySlug.set(slug, {
            events: eventsByStory.get(slug) ?? [],
            correctedParts: new Map([...seen, ...(causesByStory.get(slug) ?? [])]),
          })
        }
      } catch {
        // The store is away: what is known stays known.
      }
    },
    named(story) {
      const known = knownBySlug.get(story.slug)
      const cached = namedStories.get(story)
      if (!known) return story
      const named = cached?.known === known ? cached.story : nameEvents([story], known)[0]!
      namedStories.set(story, { known, story: named })
      if (named.corrections.length > 0) lastNamed.set(story.slug, named)
      return named
    },
  }
}
