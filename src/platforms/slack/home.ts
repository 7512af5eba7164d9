import { setTimeout as sleep } from 'node:timers/promises'
import type { Handlers, Log, Place } from '../../chat/platform.ts'
import { type Block, type Inline, text } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { type CallWebApi, splitPlace } from './messages.ts'
import type { EventPayload } from './payload.ts'
import { plainText, renderBlock, type SlackBlock } from './render.ts'
import type { createUserLookup } from './users.ts'
import { homeTab } from './view.ts'

/** Somebody opened a tab of the app. */
export type HomeOpenedPayload = EventPayload & { event: { tab?: string } }

/** Channels are renamed and made private: what is known of one is asked again after so long. */
const CACHE_MS = 10 * 60_000
const MAX_CACHED = 1_000
const TIMEOUT_MS = 900
const OVERVIEW_TIMEOUT_MS = 8_000

const UNREACHED_BLOCKS: Block[] = [text(phrases.slack.homeNotLoaded)]

/**
 * The Home tab: what comes where in this workspace, which stories there are, how to ask. It can only be read. Everybody
 * may open it, so it names public channels and the conversation with whoever looks; guests, who see only the channels
 * that they are in, are told of their own conversation alone.
 */
export function createHome(options: {
  handlers: Handlers
  web: CallWebApi
  about: ReturnType<typeof createUserLookup>
  workspaceUrl(): string | undefined
  log: Log
  clock?: () => number
}) {
  const { handlers, web, about, workspaceUrl, log, clock = Date.now } = options
  const known = new Map<string, { name: Promise<string | undefined>; until: number }>()

  /** The name of a channel that everybody may know of. */
  function publicName(team: string, channel: string): Promise<string | undefined> {
    const key = `${team}/${channel}`
    const kept = known.get(key)
    if (kept && kept.until > clock()) return kept.name
    const name = web<ConversationInfo>(
      team,
      'conversations.info',
      { channel },
      AbortSignal.timeout(TIMEOUT_MS),
    ).then(
      ({ channel: { name, is_private, is_im, is_mpim } = {} }) =>
        is_private || is_im || is_mpim ? undefined : name,
      () => {
        // What failed is asked again the next time; until then nothing is said of it.
        known.delete(key)
        return undefined
      },
    )
    known.set(key, { name, until: clock() + CACHE_MS })
    if (known.size > MAX_CACHED) known.delete(known.keys().next().value as string)
    return name
  }

  return async ({ team_id, authorizations, event }: HomeOpenedPayload): Promise<void> => {
    const { overview } = handlers
    if (!overview || event.tab !== 'home' || event.user === undefined) return
    const team = authorizations?.[0]?.team_id ?? team_id
    const caller = { id: `slack:${team}/${event.user}`, rights: [] }
    const member = about(caller).then(({ guest }) => guest === false)

    const placeName = async (place: Place): Promise<Inline | undefined> => {
      const { channel } = splitPlace(place)
      if (channel === event.channel) return phrases.slack.inThisConversation
      if (channel.startsWith('D') || !(await member)) return undefined
      const name = await publicName(team, channel)
      if (name === undefined) return undefined
      const link = workspaceUrl()
      return link === undefined
        ? `#${name}`
        : { link: `${link.replace(/\/*$/, '')}/archives/${channel}`, text: `#${name}` }
    }

    const silent = [{ title: 'nutgraf', blocks: UNREACHED_BLOCKS }]
    const shown = overview({ placePrefix: `slack:${team}/`, at: clock(), placeName }).catch(
      (cause: unknown) => {
        log.error({ err: cause, team }, 'slack: the Home tab could not be made')
        return silent
      },
    )
    const sections = await Promise.race([shown, sleep(OVERVIEW_TIMEOUT_MS, silent, { ref: false })])
    const blocks = sections.flatMap(({ title, blocks }): SlackBlock[] => [
      { type: 'header', text: plainText(title) },
      ...blocks.flatMap(renderBlock),
    ])
    await web(team, 'views.publish', { user_id: event.user, view: homeTab(blocks) })
  }
}

type ConversationInfo = {
  channel?: { name?: string; is_private?: boolean; is_im?: boolean; is_mpim?: boolean }
}
