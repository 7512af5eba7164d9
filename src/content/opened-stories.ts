import { type KeptValues, keepWith, shareValues } from './kept-values.ts'
import type { Story } from './story.ts'

/** The long parts of a story. They are read when somebody asks for one of them. */
export const LONG_PARTS = ['sections', 'quotes', 'timeline', 'people', 'facts', 'sources'] as const
export type LongPart = (typeof LONG_PARTS)[number]

/** What is always in memory of a story: its front matter and its corrections. */
export type StoryHead = Omit<Story, LongPart>

/** Reads one long part of a story; `others` gives those that it refers to. */
export type ReadPart = (part: LongPart, others: Pick<Story, LongPart>) => Story[LongPart]

/**
 * The parts of a story that were read, and what was computed from them: both are given up together. While there is
 * nothing, no object waits for it: one that has become old would keep what it is given until the collector looks at
 * everything.
 */
type Holder = {
  read: ReadPart
  parts?: Partial<Record<LongPart, Story[LongPart]>>
  values?: ComputedValues
  usedAt: number
  closedAt?: number
}

/** What was computed from a whole story, by the story and the function that computes it. */
export type ComputedValues = Map<Story, Map<object, unknown>>

/**
 * How many stories that somebody asked about once stay in memory, some 300 KB each as objects: few, since each one is copied
 * by the next collections.
 */
const MAX_RECENT = 24
/** How many stay that are asked about again and again. A newsroom of a hundred stories has all of them here. */
const MAX_FREQUENT = 128
/** A story is asked about again when no more than so many others were opened meanwhile. */
const SOON = 150

const holders = new WeakMap<Story, Holder>()
const recent = new Set<Holder>()
const frequent = new Set<Holder>()
let uses = 0
let openings = 0

/**
 * Makes a story whose long parts are read when they are asked for. To its users it is a story like any other one; only a
 * copy by `{...story}` reads all of it, so `withHead` is the way to change its front matter.
 */
export function openLater(head: StoryHead, kept: KeptValues, read: ReadPart): Story {
  const story = storyOver({ read, parts: undefined, values: undefined, usedAt: 0 }, head)
  keepWith(story, kept)
  return story
}

/**
 * A story with another front matter and the same long parts, which are not read for it. The change must be one that no
 * kept value is made of: a warning, a withdrawal.
 */
export function withHead(story: Story, changes: Partial<StoryHead>): Story {
  const holder = holders.get(story)
  const changed = holder ? storyOver(holder, { ...headOf(story), ...changes }) : { ...story, ...changes }
  shareValues(changed, story)
  return changed
}

function headOf(story: Story): StoryHead {
  const fields = Object.keys(story).filter(field => !(LONG_PARTS as readonly string[]).includes(field))
  return Object.fromEntries(fields.map(field => [field, story[field as keyof StoryHead]])) as StoryHead
}

function storyOver(holder: Holder, head: StoryHead): Story {
  const story = { ...head } as Story
  for (const part of LONG_PARTS)
    Object.defineProperty(story, part, {
      get: () => partOf(holder, part, story),
      enumerable: true,
      configurable: true,
    })
  holders.set(story, holder)
  return story
}

/**
 * Where something that was computed from a whole story is remembered as long as its parts; undefined for a story whose
 * parts are always there. Not in a WeakMap by the parts: the collector keeps what is in one until it looks at
 * everything, which made of each story that was read 200 KB to carry on.
 */
export function valuesOfParts(story: Story): ComputedValues | undefined {
  const holder = holders.get(story)
  if (!holder) return undefined
  use(holder)
  holder.values ??= new Map()
  return holder.values
}

function partOf(holder: Holder, part: LongPart, story: Story): Story[LongPart] {
  use(holder)
  holder.parts ??= {}
  holder.parts[part] ??= holder.read(part, story)
  return holder.parts[part]
}

function use(holder: Holder): void {
  holder.usedAt = ++uses
  if (frequent.has(holder) || recent.has(holder)) return
  openings++
  const isAgain = holder.closedAt !== undefined && openings - holder.closedAt <= SOON
  const open = isAgain ? frequent : recent
  open.add(holder)
  if (open.size > (isAgain ? MAX_FREQUENT : MAX_RECENT)) closeOldest(open)
}

/** Gives up the half that was not used for longest, so that this is rare. */
function closeOldest(open: Set<Holder>): void {
  const oldest = [...open].sort((a, b) => a.usedAt - b.usedAt).slice(0, open.size / 2)
  for (const holder of oldest) {
    holder.parts = undefined
    holder.values = undefined
    holder.closedAt = openings
    open.delete(holder)
  }
}
