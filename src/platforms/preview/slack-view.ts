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

/** A Slack message, `{text, blocks}`, as Slack draws it. */
export function slackView(json: unknown, frame: Frame): View {
  const message = asObject(json)
  const blocks = asObjects(message.blocks)
  const body =
    blocks.length > 0
      ? blocks.map(one => block(one, frame))
      : [el('p', '', slackText({ type: 'mrkdwn', text: message.text }))]
  return el('div', 'slack', [
    ...(frame.callerOnly ? [el('p', 'only', ['Only visible to you'])] : []),
    el('div', 'avatar', ['n'], { hidden: true }),
    el('div', 'message', [
      el('p', 'by', [
        el('strong', '', ['nutgraf']),
        el('span', 'badge', ['APP']),
        el('time', '', [clock(frame.at)]),
      ]),
      ...body,
      ...asObjects(message.attachments).map(one => attachment(one, frame)),
      ...(frame.edited ? [el('small', 'edited', ['(edited)'])] : []),
    ]),
  ])
}

/** About what Slack gives a picture at most in its desktop app; it is written down nowhere. */
const MAX_PICTURE_SIZE = { width: 360, height: 500 }

function block(one: Json, frame: Frame): View {
  switch (one.type) {
    case 'rich_text':
      return el('div', 'rich', asObjects(one.elements).map(rich))
    case 'section':
      return el('div', 'section', [
        ...(one.text ? [el('p', '', slackText(one.text))] : []),
        ...(one.fields
          ? [
              el(
                'div',
                'fields',
                asObjects(one.fields).map(field => el('p', '', slackText(field))),
              ),
            ]
          : []),
        ...(one.accessory ? [element(asObject(one.accessory))] : []),
      ])
    case 'context':
      return el(
        'div',
        'context',
        asObjects(one.elements).map(item =>
          item.type === 'image' ? placeholder('a small picture') : el('p', '', slackText(item)),
        ),
      )
    case 'header':
      return el('p', 'header', slackText(one.text))
    case 'actions':
      return el('div', 'actions', asObjects(one.elements).map(element))
    case 'divider':
      return el('hr', '')
    case 'image':
      return one.slack_file && frame.picture
        ? pictureView(frame.picture, asString(one.alt_text), MAX_PICTURE_SIZE)
        : placeholder('a picture from elsewhere')
    default:
      return placeholder(`the block ${asString(one.type)}`)
  }
}

function rich(one: Json): View {
  switch (one.type) {
    case 'rich_text_section':
      return el('p', '', richInline(one.elements))
    case 'rich_text_quote':
      return el('blockquote', '', richInline(one.elements))
    case 'rich_text_preformatted':
      return el('pre', '', richInline(one.elements))
    case 'rich_text_list':
      return el(
        one.style === 'ordered' ? 'ol' : 'ul',
        `indent-${Math.min(4, Number(one.indent ?? 0))}`,
        asObjects(one.elements).map(item => el('li', '', richInline(item.elements))),
      )
    default:
      return placeholder(`the rich text ${asString(one.type)}`)
  }
}

function element(one: Json): View {
  if (one.type !== 'button') return placeholder(`the element ${asString(one.type)}`)
  const name = ['button', asString(one.style)].filter(Boolean).join(' ')
  if (one.url) return link(asString(one.url), slackText(one.text), name)
  const run = asString(one.value)
  return el('button', name, slackText(one.text), run ? { run } : { off: true })
}

function attachment(one: Json, frame: Frame): View {
  const inside = asObjects(one.blocks).map(each => block(each, frame))
  const text = asString(one.text) || asString(one.fallback)
  return el(
    'div',
    'attachment',
    inside.length > 0 ? inside : [el('p', '', slackText({ type: 'mrkdwn', text }))],
    {
      tint: asString(one.color) || '#dddddd',
    },
  )
}

const clock = (at: number) =>
  new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit' }).format(at)
