import { readPressed } from '../stored-lines.ts'
import { richInline, slackText } from './slack-text.ts'
import {
  asObject,
  asObjects,
  asString,
  el,
  type Frame,
  type Json,
  link,
  pictureView,
  placeholder,
  type View,
} from './view.ts'

/** Draws a Slack message, `{text, blocks}`, as Slack does. */
export function slackView(json: unknown, frame: Frame): View {
  const message = asObject(json)
  const blocks = asObjects(message.blocks)
  const body =
    blocks.length > 0
      ? blocks.map(json => block(json, frame))
      : [el('p', '', slackText({ type: 'mrkdwn', text: message.text }))]
  return el('div', 'slack', [
    ...(frame.callerOnly ? [el('p', 'only', ['Only visible to you'])] : []),
    el('div', 'avatar', ['n'], { hidden: true }),
    el('div', 'message', [
      el('p', 'by', [
        el('strong', '', ['nutgraf']),
        el('span', 'badge', ['APP']),
        el('time', '', [frame.moment ?? clock(frame.at)]),
      ]),
      ...body,
      ...asObjects(message.attachments).map(json => attachment(json, frame)),
      ...(frame.edited ? [el('small', 'edited', ['(edited)'])] : []),
    ]),
  ])
}

/** The largest size of a picture in Slack's desktop app, about: Slack does not document it. */
const MAX_PICTURE_SIZE = { width: 360, height: 500 }

function block(json: Json, frame: Frame): View {
  switch (json.type) {
    case 'rich_text':
      return el('div', 'rich', asObjects(json.elements).map(rich))
    case 'section':
      return el('div', 'section', [
        ...(json.text ? [el('p', '', slackText(json.text))] : []),
        ...(json.fields
          ? [
              el(
                'div',
                'fields',
                asObjects(json.fields).map(field => el('p', '', slackText(field))),
              ),
            ]
          : []),
        ...(json.accessory ? [element(asObject(json.accessory))] : []),
      ])
    case 'context':
      return el(
        'div',
        'context',
        asObjects(json.elements).map(item =>
          item.type === 'image' ? placeholder('a small picture') : el('p', '', slackText(item)),
        ),
      )
    case 'header':
      return el('p', 'header', slackText(json.text))
    case 'actions':
      return el('div', 'actions', asObjects(json.elements).map(element))
    case 'divider':
      return el('hr', '')
    case 'image':
      return json.slack_file && frame.picture
        ? pictureView(frame.picture, asString(json.alt_text), MAX_PICTURE_SIZE)
        : placeholder('a picture from elsewhere')
    default:
      return placeholder(`the block ${asString(json.type)}`)
  }
}

function rich(json: Json): View {
  switch (json.type) {
    case 'rich_text_section':
      return el('p', '', richInline(json.elements))
    case 'rich_text_quote':
      return el('blockquote', '', richInline(json.elements))
    case 'rich_text_preformatted':
      return el('pre', '', richInline(json.elements))
    case 'rich_text_list':
      return el(
        json.style === 'ordered' ? 'ol' : 'ul',
        `indent-${Math.min(4, Number(json.indent ?? 0))}`,
        asObjects(json.elements).map(item => el('li', '', richInline(item.elements))),
      )
    default:
      return placeholder(`the rich text ${asString(json.type)}`)
  }
}

function element(json: Json): View {
  if (json.type === 'static_select') return select(json)
  if (json.type !== 'button') return placeholder(`the element ${asString(json.type)}`)
  const name = ['button', asString(json.style)].filter(Boolean).join(' ')
  if (json.url) return link(asString(json.url), slackText(json.text), name)
  const run = asString(json.value)
  if (run === '') return el('button', name, slackText(json.text), { off: true })
  const turns = asString(json.action_id).startsWith('turn:')
  return el('button', name, slackText(json.text), { run, ...(turns && { turns }) })
}

const select = ({ placeholder, options }: Json): View =>
  el('button', 'select', slackText(placeholder), {
    options: asObjects(options).map(({ text, value }) => ({
      name: asString(asObject(text).text),
      run: readPressed(asString(value))?.text ?? '',
    })),
  })

function attachment(json: Json, frame: Frame): View {
  const blocks = asObjects(json.blocks).map(inner => block(inner, frame))
  const text = asString(json.text) || asString(json.fallback)
  return el(
    'div',
    'attachment',
    blocks.length > 0 ? blocks : [el('p', '', slackText({ type: 'mrkdwn', text }))],
    {
      tint: asString(json.color) || '#dddddd',
    },
  )
}

const clock = (at: number) =>
  new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit' }).format(at)
