import { slackMrkdwn } from '../../../src/platforms/preview/slack-text.ts'
import type { View } from '../../../src/platforms/preview/view.ts'
import type { SlackMessage } from '../../../src/platforms/slack/render.ts'
import { controlProblem } from '../slack/controls.ts'

/**
 * The limits of Slack from its documentation: docs.slack.dev/reference/block-kit and /reference/methods/chat.update.
 */
const MAX = { text: 4_000, blocks: 50, header: 150, words: 3_000, context: 10, label: 75 }
const MAX_URL = 3_000
const MAX_ALT = 2_000
/** The limit of all blocks together is not documented: this much was seen to be accepted, and little more refused. */
const MAX_TOGETHER = { text: 9_600, json: 15_600 }

type Json = Record<string, unknown>

/**
 * Finds what Slack would refuse in a message, or show as more than words. `room` is how many characters must be left in its
 * text, and `links` are the addresses that may be linked.
 */
export function slackFaults(message: SlackMessage, { room, links }: { room: number; links: Set<string> }) {
  const faults: string[] = []
  const addFault = (fault: string) => void faults.push(`slack: ${fault}`)
  const checkLength = (what: string, text: unknown, max: number) => {
    if (typeof text !== 'string') return addFault(`${what} is not text`)
    if (text.length === 0 || text.length > max) addFault(`${what}: ${text.length} of 1 to ${max}`)
  }
  const checkLink = (url: unknown) => {
    checkLength('an address', url, MAX_URL)
    if (!links.has(normalizeUrl(String(url)))) addFault(`a link that nobody wrote: ${url}`)
  }
  /** Checks text that Slack parses, and returns how many links are in it. */
  const checkMarkup = (text: string): number => {
    const views = slackMrkdwn(text)
    for (const mention of findInViews(views, 'mention')) addFault(`a ping in ${JSON.stringify(mention)}`)
    const addresses = findInViews(views, 'a')
    for (const address of addresses) checkLink(address)
    return addresses.length
  }
  const checkPlainText = (what: string, value: unknown, max: number) => {
    const { type, text, emoji } = (value ?? {}) as Json
    if (type !== 'plain_text' || emoji !== false) addFault(`${what} is not plain text`)
    checkLength(what, text, max)
  }

  checkLength('text', message.text, MAX.text - room)
  if (checkMarkup(message.text) > 0) addFault('a link in the text')
  if (message.blocks.length === 0 || message.blocks.length > MAX.blocks)
    addFault(`${message.blocks.length} blocks`)
  for (const block of message.blocks) {
    switch (block.type) {
      case 'header':
        checkPlainText('a header', block.text, MAX.header)
        break
      case 'divider':
        break
      case 'context': {
        const elements = block.elements as Json[]
        if (elements.length === 0 || elements.length > MAX.context) addFault(`${elements.length} small texts`)
        for (const element of elements) {
          if (element.type !== 'mrkdwn') checkPlainText('small print', element, MAX.words)
          else {
            checkLength('small print', element.text, MAX.words)
            if (element.verbatim !== true) addFault('small print that Slack looks for names in')
            checkMarkup(String(element.text))
          }
        }
        break
      }
      case 'rich_text':
        for (const run of richRuns(block.elements, addFault)) {
          if (run.type === 'text') checkLength('a run', run.text, MAX.words)
          else if (run.type === 'link') {
            checkLink(run.url)
            checkLength('the words of a link', run.text, MAX.words)
          } else if (run.type === 'date') checkLength('a date', run.fallback, MAX.words)
          else addFault(`a run of the kind ${run.type}`)
        }
        break
      case 'image': {
        checkLength('alt_text', block.alt_text, MAX_ALT)
        if (Object.keys((block.slack_file ?? {}) as Json).join() !== 'id') addFault('no file of a picture')
        break
      }
      case 'actions': {
        const problem = controlProblem([block])
        if (problem) addFault(problem)
        const menuTexts = ({ placeholder, options = [] }: Json) => [
          placeholder,
          ...(options as Json[]).map(({ text }) => text),
        ]
        for (const element of block.elements as Json[])
          for (const text of element.type === 'button' ? [element.text] : menuTexts(element))
            checkPlainText('a label', text, MAX.label)
        break
      }
      default:
        addFault(`a block of the kind ${block.type}`)
    }
  }
  const together = visibleOnSlack(message.blocks).length
  if (together > MAX_TOGETHER.text) addFault(`${together} characters in the blocks`)
  const json = JSON.stringify(message.blocks).length
  if (json > MAX_TOGETHER.json) addFault(`${json} characters of JSON`)
  return faults
}

const CONTAINERS = ['rich_text_section', 'rich_text_quote', 'rich_text_list', 'rich_text_preformatted']

/** Collects the runs of rich text, also those in its lists. */
function richRuns(elements: unknown, addFault: (fault: string) => void): Json[] {
  const list = elements as Json[]
  if (!Array.isArray(list) || list.length === 0) addFault('an empty rich text')
  return list.flatMap(element =>
    CONTAINERS.includes(String(element.type)) ? richRuns(element.elements, addFault) : [element],
  )
}

/** The text of the blocks that a reader sees on Slack, without buttons. */
export function visibleOnSlack(blocks: SlackMessage['blocks']): string {
  const walk = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(walk).join(' ')
    if (typeof value !== 'object' || value === null) return ''
    const element = value as Json
    if (element.type === 'button') return ''
    if (element.type === 'date') return String(element.fallback)
    if (element.type === 'image') return String(element.alt_text)
    if (element.type === 'mrkdwn') return slackMrkdwn(String(element.text)).map(textOfView).join('')
    return typeof element.text === 'string' ? element.text : walk(element.elements ?? element.text)
  }
  return walk(blocks)
}

/** Writes an address as both platforms get it. */
export const normalizeUrl = (address: string): string =>
  (URL.parse(address)?.href ?? address).replace(
    /[\s()<>\\|]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** The text of a view of the preview. */
export const textOfView = (view: View): string =>
  typeof view === 'string' ? view : view.inside.map(textOfView).join('')

/** Finds the text of mentions, or the addresses of links, in views of the preview. */
function findInViews(views: View[], what: 'mention' | 'a'): string[] {
  return views.flatMap(view => {
    if (typeof view === 'string') return []
    const matches = what === 'a' ? view.tag === 'a' : view.class?.split(' ').includes(what)
    const text = what === 'a' ? String(view.href) : textOfView(view)
    return [...(matches ? [text] : []), ...findInViews(view.inside, what)]
  })
}
