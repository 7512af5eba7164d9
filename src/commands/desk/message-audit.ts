import type { MessageRef, Place } from '../../chat/platform.ts'
import type { Library } from '../../content/library.ts'
import { type PartContent, partContentsOf, partHash, writtenPart } from '../../content/parts.ts'
import type { Source, Span, Story } from '../../content/story.ts'
import { readableReason } from '../../delivery/repair-reasons.ts'
import type { Repair } from '../../store/causes.ts'
import type { Delivery } from '../../store/delivery.ts'
import { parseFailure } from '../../store/failure-text.ts'
import type { MessageQuery } from '../../store/ledger-lookup.ts'
import type { RecordedRevision } from '../../store/revisions/revisions.ts'
import type { Store } from '../../store/store.ts'
import { isCardPart } from '../../store/wire/cards.ts'
import { type Item, itemOfPart } from '../../store/wire/items.ts'

/** A source that a part rests on. `spans` locate its words in our stored copy (UTF-16 offsets, lines from 1). */
type AuditedSource = {
  number: number
  outlet: string
  title: string
  date?: string
  url?: string
  file?: string
  spans: Span[]
}

/**
 * A part that a message shows. `revision`, `hash` and `seenAt` are those that it shows, as recorded; `newest` is the
 * last recorded revision. `current` means that the shown revision is still in use: only then do `words` and `sources`
 * belong to the message, otherwise they are those of the present content. Without `inContent` there are none.
 */
export type AuditedPart = {
  part: string
  revision: number
  hash?: string
  seenAt?: number
  newest?: { revision: number; hash: string; seenAt: number }
  current: boolean
  inContent: boolean
  words?: string
  sources: AuditedSource[]
}

/**
 * Everything known about a message: its row in the ledger, the edition that was selected or the call that was answered,
 * each part with its sources, and every correction or withdrawal that concerns it. Keys may be added, never removed or
 * renamed. Times are milliseconds since 1970; `error` is the technical cause, `human` what people are told.
 */
export type MessageAudit = {
  version: 1
  delivery: {
    key: string
    kind: Delivery['kind']
    place: Place
    state: Delivery['state']
    number: number
    attempts: number
    createdAt: number
    dueAt: number
    settledAt?: number
    parent?: string
    digest?: string
    slot?: number
    date?: string
    error?: string
    human?: string
    message?: MessageRef
  }
  /** The selection of an edition. */
  edition?: unknown
  /** The call of a published answer. */
  call?: unknown
  parts: AuditedPart[]
  repairs: Repair[]
  content: { revision: string }
}

/** The parts of the store that an audit reads. */
type AuditStore = Pick<Store, 'ledger' | 'revisions' | 'corrections' | 'wire'>

/**
 * Collects everything known about a message, given its link, its place and id, or its key; undefined if it is not ours.
 */
export async function auditMessage(
  store: AuditStore,
  library: Library,
  reference: string,
): Promise<MessageAudit | undefined> {
  const row = await findDelivery(store, reference.trim())
  if (!row) return undefined
  const shown = (await store.ledger.shownParts(row.key)).filter(({ part }) => !isCardPart(part))
  const [recorded, repairs] = await Promise.all([
    store.revisions.historyOf(shown.map(({ part }) => part)),
    store.corrections.repairsOf(row.key),
  ])
  const revisions = Map.groupBy(recorded, ({ part }) => part)
  const items = await store.wire.items.byId(shown.flatMap(({ part }) => itemOfPart(part) ?? []))
  const { selection, error, lane: _, firstTriedAt: __, ...rest } = row
  const failure = error === undefined ? undefined : parseFailure(error)
  const selected: unknown = selection === undefined ? undefined : JSON.parse(selection)
  return {
    version: 1,
    delivery: { ...rest, error: failure?.message, human: failure?.human },
    edition: row.kind === 'edition' ? selected : undefined,
    call: row.kind === 'answer' ? selected : undefined,
    parts: shown.map(({ part, revision }) => {
      const id = itemOfPart(part)
      return id === undefined
        ? auditPart(library, part, revision, revisions.get(part) ?? [])
        : auditItem(part, revision, items.get(id))
    }),
    repairs: repairs.map(repair => ({
      ...repair,
      error: repair.error === undefined ? undefined : readableReason(repair.error),
    })),
    content: { revision: library.revision },
  }
}

async function findDelivery(store: AuditStore, reference: string): Promise<Delivery | undefined> {
  const query = parseMessageReference(reference)
  const byMessage = query && (await store.ledger.findByMessage(query))
  return byMessage ?? store.ledger.find(reference)
}

/** Reads a link to a message, or a place followed by a message id; undefined for anything else. */
function parseMessageReference(reference: string): MessageQuery | undefined {
  // Platforms put links into angle brackets, with a name after a vertical bar.
  const bare = reference.replace(/^<([^|>]+)(?:\|[^>]*)?>$/, '$1')
  const placeAndId = /^((slack|discord|preview|webhook):\S+)\s+(\S+)$/.exec(bare)
  if (placeAndId) return { platform: placeAndId[2]!, place: placeAndId[1]!, id: placeAndId[3]! }
  if (!URL.canParse(bare)) return undefined
  const { hostname, pathname } = new URL(bare)
  const discord = /^\/channels\/(\d+|@me)\/(\d+)\/(\d+)\/?$/.exec(pathname)
  if (discord && /(?:^|\.)discord(?:app)?\.com$/.test(hostname))
    return { platform: 'discord', place: `discord:${discord[1]}/${discord[2]}`, id: discord[3]! }
  const slack = /^\/archives\/([A-Z0-9]+)\/p(\d{10,})(\d{6})\/?$/.exec(pathname)
  // The link names the workspace by its address, not its id, so the channel must do: channel ids are unique.
  return slack ? { platform: 'slack', place: `/${slack[1]}`, id: `${slack[2]}.${slack[3]}` } : undefined
}

function auditPart(
  library: Library,
  part: string,
  revision: number,
  recorded: RecordedRevision[],
): AuditedPart {
  const shown = recorded.find(record => record.revision === revision)
  const newest = recorded.at(-1)
  const story = library.story(part.slice(0, part.indexOf('/')))
  const content = story && partContentsOf(story).get(part)
  return {
    // As editors call it, so that they correct the right one.
    part: story ? writtenPart(story, part) : part,
    revision,
    hash: shown?.hash,
    seenAt: shown?.seenAt,
    newest: newest && { revision: newest.revision, hash: newest.hash, seenAt: newest.seenAt },
    current:
      shown !== undefined &&
      newest?.revision === revision &&
      story !== undefined &&
      partHash(story, part) === shown.hash,
    inContent: content !== undefined,
    words: content && quotedWords(content),
    sources: story && content ? partSources(story, content) : [],
  }
}

/** A report on the wire: its words are its outlet’s, and it rests on nothing of ours. */
const auditItem = (part: string, revision: number, item: Item | undefined): AuditedPart => ({
  part,
  revision,
  newest: item && { revision: item.revision, hash: '', seenAt: item.changedAt },
  current: item?.state === 'stands' && item.revision === revision,
  inContent: item?.state === 'stands',
  words: item?.state === 'stands' && item.revision === revision ? item.title : undefined,
  sources: [],
})

const quotedWords = (content: PartContent): string | undefined =>
  content.kind === 'quote' ? content.quote.words : undefined

/** The sources that a part rests on, with spans where its exact words are in a source, otherwise without. */
function partSources(story: Story, content: PartContent): AuditedSource[] {
  const cited = (numbers: number[]) =>
    story.sources.filter(({ number }) => numbers.includes(number)).map(source => auditSource(source))
  switch (content.kind) {
    case 'quote':
      return [auditSource(content.quote.source, content.quote.spans)]
    case 'fact': {
      const { claim, sources } = content.fact
      const others = sources.filter(number => number !== claim?.source.number)
      return [...(claim ? [auditSource(claim.source, claim.spans)] : []), ...cited(others)]
    }
    case 'section':
      return cited(content.section.sources)
    case 'event':
      return cited(content.event.sources)
    case 'who':
      return cited(content.person.sources)
    case 'source':
      return [auditSource(content.source)]
    case 'label':
      return cited(story.why?.sources ?? [])
    case 'correction':
      return []
  }
}

const auditSource = (
  { number, outlet, title, date, url, file }: Source,
  spans: Span[] = [],
): AuditedSource => ({
  number,
  outlet,
  title,
  date,
  url,
  file,
  spans: spans.map(({ start, end, line }) => ({ start, end, line })),
})
