import { setTimeout as sleep } from 'node:timers/promises'
import type { Handlers, Log, Place } from '../../chat/platform.ts'
import { type Block, type Inline, text } from '../../chat/reply.ts'
import { ttlCache } from '../../chat/ttl-cache.ts'
import { phrases } from '../../phrases/phrases.ts'
import { type CallWebApi, splitPlace } from './messages.ts'
import { plainText } from './mrkdwn.ts'
import type { EventPayload } from './payload.ts'
import type { UserLookup } from './people/users.ts'
import { renderBlock, type SlackBlock } from './render.ts'
import { homeTab } from './view.ts'

/** Sent when somebody opens a tab of the app. */
export type HomeOpenedPayload = EventPayload & { event: { tab?: string } }

/** Channels are renamed and made private: after ten minutes we ask again. */
const CACHE_MS = 10 * 60_000
const MAX_CACHED = 1_000
/** The time for the name of one channel: a channel whose name is late is not shown. */
const TIMEOUT_MS = 900
const OVERVIEW_TIMEOUT_MS = 8_000

const NOT_LOADED_BLOCKS: Block[] = [text(phrases.slack.homeNotLoaded)]

/**
 * Creates the Home tab, which is only read: the digests of this workspace, its stories, and how to ask. Everybody may
 * open it, so it names only public channels and the reader's own conversation. Guests see only channels that they are
 * in, so for them it names their own conversation alone.
 */
export function createHome(options: {
  handlers: Handlers
  web: CallWebApi
  lookUpCaller: UserLookup
  workspaceUrl(): string | undefined
  log: Log
}) {
  const { handlers, web, lookUpCaller, workspaceUrl, log } = options
  const publicNames = ttlCache<string | undefined>({ maxEntries: MAX_CACHED, ttlMs: CACHE_MS })

  /** The name of a public channel; undefined for any other, and where Slack does not say. */
  const publicName = (team: string, channel: string): Promise<string | undefined> =>
    publicNames
      .getOrCreate(`${team}/${channel}`, async () => {
        const timeout = AbortSignal.timeout(TIMEOUT_MS)
        const info = await web<ConversationInfo>(team, 'conversations.info', { channel }, timeout)
        const { name, is_private, is_im, is_mpim } = info.channel ?? {}
        return is_private || is_im || is_mpim ? undefined : name
      })
      .catch(() => undefined)

  return async ({ team_id, authorizations, event }: HomeOpenedPayload): Promise<void> => {
    const { overview } = handlers
    if (!overview || event.tab !== 'home' || event.user === undefined) return
    const team = authorizations?.[0]?.team_id ?? team_id
    const caller = { id: `slack:${team}/${event.user}`, rights: [] }
    const isMember = lookUpCaller(caller).then(({ guest }) => guest === false)

    const placeName = async (place: Place): Promise<Inline | undefined> => {
      const { channel } = splitPlace(place)
      if (channel === event.channel) return phrases.slack.inThisConversation
      if (channel.startsWith('D') || !(await isMember)) return undefined
      const name = await publicName(team, channel)
      if (name === undefined) return undefined
      const url = workspaceUrl()
      return url === undefined
        ? `#${name}`
        : { link: `${url.replace(/\/*$/, '')}/archives/${channel}`, text: `#${name}` }
    }

    const notLoaded = [{ title: 'nutgraf', blocks: NOT_LOADED_BLOCKS }]
    const loaded = overview({ placePrefix: `slack:${team}/`, at: Date.now(), placeName }).catch(
      (cause: unknown) => {
        log.error({ err: cause, team }, 'slack: the Home tab could not be made')
        return notLoaded
      },
    )
    const sections = await Promise.race([loaded, sleep(OVERVIEW_TIMEOUT_MS, notLoaded, { ref: false })])
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
