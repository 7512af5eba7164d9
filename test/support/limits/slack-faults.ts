import { slackMrkdwn } from '../../../src/platforms/preview/slack-text.ts'
import type { View } from '../../../src/platforms/preview/view.ts'
import type { SlackMessage } from '../../../src/platforms/slack/render.ts'

/**
 * What Slack takes, as its pages have it (docs.slack.dev/reference/block-kit and /reference/methods/chat.update). How much
 * text blocks may hold together stands nowhere: so much was seen to be taken, and little more to be refused.
 */
const MAX = { text: 4_000, blocks: 50, header: 150, words: 3_000, context: 10, buttons: 25, label: 75 }
const MAX_VALUE = 2_000
const MAX_ID = 255
const MAX_URL = 3_000
const MAX_ALT = 2_000
const MAX_TOGETHER = { text: 9_600, json: 15_600 }

type Json = Record<string, unknown>

/**
 * Everything that Slack would refuse of a message, or make more of than words. `room` is what must be left in its text;
 * `links` are the addresses that may be linked.
 */
export function slackFaults(message: SlackMessage, { room, links }: { room: number; links: Set<string> }) {
  const faults: string[] = []
  const fault = (one: string) => void faults.push(`slack: ${one}`)
  const within = (what: string, text: unknown, most: number) => {
    if (typeof text !== 'string') return fault(`${what} is no text`)
    if (text.length === 0 || text.length > most) fault(`${what}: ${text.length} of 1 to ${most}`)
  }
  const linked = (url: unknown) => {
    within('an address', url, MAX_URL)
    if (!links.has(normalizeUrl(String(url)))) fault(`a link that nobody wrote: ${url}`)
  }
  const parsed = (text: string) => {
    const views = slackMrkdwn(text)
    for (const one of findInViews(views, 'mention')) fault(`a ping in ${JSON.stringify(one)}`)
    const addresses = findInViews(views, 'a')
    for (const one of addresses) linked(one)
    return addresses.length
  }
  const plainText = (what: string, value: unknown, most: number) => {
    const { type, text, emoji } = (value ?? {}) as Json
    if (type !== 'plain_text' || emoji !== false) fault(`${what} is no plain text`)
    within(what, text, most)
  }

  within('text', message.text, MAX.text - room)
  if (parsed(message.text) > 0) fault('a link in the text')
  if (message.blocks.length === 0 || message.blocks.length > MAX.blocks)
    fault(`${message.blocks.length} blocks`)
  for (const block of message.blocks) {
    switch (block.type) {
      case 'header':
        plainText('a header', block.text, MAX.header)
        break
      case 'divider':
        break
      case 'context': {
        const elements = block.elements as Json[]
        if (elements.length === 0 || elements.length > MAX.context) fault(`${elements.length} small texts`)
        for (const one of elements) {
          if (one.type !== 'mrkdwn') plainText('small print', one, MAX.words)
          else {
            within('small print', one.text, MAX.words)
            if (one.verbatim !== true) fault('small print that Slack looks for names in')
            parsed(String(one.text))
          }
        }
        break
      }
      case 'rich_text':
        for (const one of richRuns(block.elements, fault)) {
          if (one.type === 'text') within('a run', one.text, MAX.words)
          else if (one.type === 'link') {
            linked(one.url)
            within('the words of a link', one.text, MAX.words)
          } else if (one.type === 'date') within('a date', one.fallback, MAX.words)
          else fault(`a run of the kind ${one.type}`)
        }
        break
      case 'image': {
        within('alt_text', block.alt_text, MAX_ALT)
        if (Object.keys((block.slack_file ?? {}) as Json).join() !== 'id') fault('no file of a picture')
        break
      }
      case 'actions': {
        const elements = block.elements as Json[]
        if (elements.length === 0 || elements.length > MAX.buttons) fault(`${elements.length} buttons`)
        if (new Set(elements.map(one => one.action_id)).size < elements.length) fault('an action_id twice')
        for (const one of elements) {
          plainText('a label', one.text, MAX.label)
          within('a value', one.value, MAX_VALUE)
          within('an action_id', one.action_id, MAX_ID)
        }
        break
      }
      default:
        fault(`a block of the kind ${block.type}`)
    }
  }
  const together = visibleOnSlack(message.blocks).length
  if (together > MAX_TOGETHER.text) fault(`${together} letters in the blocks`)
  const json = JSON.stringify(message.blocks).length
  if (json > MAX_TOGETHER.json) fault(`${json} letters of JSON`)
  return faults
}

const PARTS = ['rich_text_section', 'rich_text_quote', 'rich_text_list', 'rich_text_preformatted']

/** The runs of rich text, through its lists. */
function richRuns(elements: unknown, fault: (one: string) => void): Json[] {
  const all = elements as Json[]
  if (!Array.isArray(all) || all.length === 0) fault('a rich text with nothing in it')
  return all.flatMap(one => (PARTS.includes(String(one.type)) ? richRuns(one.elements, fault) : [one]))
}

/** Every word that a reader of the blocks is shown. */
export function visibleOnSlack(blocks: SlackMessage['blocks']): string {
  const walk = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(walk).join(' ')
    if (typeof value !== 'object' || value === null) return ''
    const one = value as Json
    if (one.type === 'button') return ''
    if (one.type === 'date') return String(one.fallback)
    if (one.type === 'image') return String(one.alt_text)
    if (one.type === 'mrkdwn') return slackMrkdwn(String(one.text)).map(textOfView).join('')
    return typeof one.text === 'string' ? one.text : walk(one.elements ?? one.text)
  }
  return walk(blocks)
}

/** An address as both platforms are given it. */
export const normalizeUrl = (address: string): string =>
  (URL.parse(address)?.href ?? address).replace(
    /[\s()<>\\|]/g,
    sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** What a view of the preview says. */
export const textOfView = (view: View): string =>
  typeof view === 'string' ? view : view.inside.map(textOfView).join('')

function findInViews(views: View[], what: 'mention' | 'a'): string[] {
  return views.flatMap(view => {
    if (typeof view === 'string') return []
    const own = what === 'a' ? view.tag === 'a' : view.class?.split(' ').includes(what)
    const said = what === 'a' ? String(view.href) : textOfView(view)
    return [...(own ? [said] : []), ...findInViews(view.inside, what)]
  })
}
