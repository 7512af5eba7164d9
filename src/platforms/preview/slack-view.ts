import { richInline, slackText } from './slack-text.ts'
import {
  el,
  type Frame,
  type Json,
  link,
  object,
  objects,
  shownPicture,
  string,
  undrawn,
  type View,
} from './view.ts'

/** A Slack message, `{text, blocks}`, as Slack draws it. */
export function slackView(json: unknown, frame: Frame): View {
  const message = object(json)
  const blocks = objects(message.blocks)
  const body =
    blocks.length > 0
      ? blocks.map(one => block(one, frame))
      : [el('p', '', slackText({ type: 'mrkdwn', text: message.text }))]
  return el('div', 'slack', [
    ...(frame.only ? [el('p', 'only', ['Only visible to you'])] : []),
    el('div', 'avatar', ['n'], { hidden: true }),
    el('div', 'message', [
      el('p', 'by', [
        el('strong', '', ['nutgraf']),
        el('span', 'badge', ['APP']),
        el('time', '', [clock(frame.at)]),
      ]),
      ...body,
      ...objects(message.attachments).map(one => attachment(one, frame)),
      ...(frame.edited ? [el('small', 'edited', ['(edited)'])] : []),
    ]),
  ])
}

/** About what Slack gives a picture at most in its desktop app; it is written down nowhere. */
const PICTURE = { width: 360, height: 500 }

function block(one: Json, frame: Frame): View {
  switch (one.type) {
    case 'rich_text':
      return el('div', 'rich', objects(one.elements).map(rich))
    case 'section':
      return el('div', 'section', [
        ...(one.text ? [el('p', '', slackText(one.text))] : []),
        ...(one.fields
          ? [
              el(
                'div',
                'fields',
                objects(one.fields).map(field => el('p', '', slackText(field))),
              ),
            ]
          : []),
        ...(one.accessory ? [element(object(one.accessory))] : []),
      ])
    case 'context':
      return el(
        'div',
        'context',
        objects(one.elements).map(item =>
          item.type === 'image' ? undrawn('a small picture') : el('p', '', slackText(item)),
        ),
      )
    case 'header':
      return el('p', 'header', slackText(one.text))
    case 'actions':
      return el('div', 'actions', objects(one.elements).map(element))
    case 'divider':
      return el('hr', '')
    case 'image':
      return one.slack_file && frame.painted
        ? shownPicture(frame.painted, string(one.alt_text), PICTURE)
        : undrawn('a picture from elsewhere')
    default:
      return undrawn(`the block ${string(one.type)}`)
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
        objects(one.elements).map(item => el('li', '', richInline(item.elements))),
      )
    default:
      return undrawn(`the rich text ${string(one.type)}`)
  }
}

function element(one: Json): View {
  if (one.type !== 'button') return undrawn(`the element ${string(one.type)}`)
  const name = ['button', string(one.style)].filter(Boolean).join(' ')
  if (one.url) return link(string(one.url), slackText(one.text), name)
  const run = string(one.value)
  return el('button', name, slackText(one.text), run ? { run } : { off: true })
}

function attachment(one: Json, frame: Frame): View {
  const inside = objects(one.blocks).map(each => block(each, frame))
  const text = string(one.text) || string(one.fallback)
  return el(
    'div',
    'attachment',
    inside.length > 0 ? inside : [el('p', '', slackText({ type: 'mrkdwn', text }))],
    {
      tint: string(one.color) || '#dddddd',
    },
  )
}

const clock = (at: number) =>
  new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit' }).format(at)
