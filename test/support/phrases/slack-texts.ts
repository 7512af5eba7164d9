import type { Handlers, Publish } from '../../../src/chat/platform.ts'
import type { Handler } from '../../../src/commands/handler.ts'
import { slackManifest } from '../../../src/platforms/slack/manifest.ts'
import type { SlackPlatform } from '../../../src/platforms/slack/slack.ts'
import { sentenceReply } from '../echo-answer.ts'
import type { Loopback } from '../loopback/slack.ts'
import type { Json } from '../slack/loopback-workspace.ts'
import { chosenBody } from '../slack/payloads.ts'
import { waitUntil } from '../wait-until.ts'

/** Errors of Slack, each with a sentence of its own; the last one is unknown. */
const REFUSALS = [
  'channel_not_found',
  'is_archived',
  'restricted_action',
  'cannot_dm_bot',
  'token_revoked',
  'missing_scope',
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'msg_too_long',
  'ratelimited',
  'never_heard',
]

/** Collects what people read on Slack besides answers: forms, the Home tab, shortcuts, and sentences about refusals. */
export async function collectSlackTexts(
  { loopback, platform, handle, publish }: RunningSlack,
  hear: (what: string, content: object) => void,
): Promise<void> {
  const handlers: Handlers = { ...handle, publish }
  await platform.start(handlers)
  const currentView = () => loopback.views.shown.at(-1)!
  const submit = (filled: Json, fields: object = {}) =>
    loopback.deliver('interactive', loopback.submit(currentView(), filled, fields))
  const untilModal = async (work: () => Promise<unknown>) => {
    const count = loopback.views.shown.length
    await work()
    await waitUntil(() => loopback.views.shown.length > count)
  }

  for (const user_id of ['U1', 'UGUEST']) await untilModal(() => loopback.command('/digest', { user_id }))
  await untilModal(() => loopback.command('/digest'))
  hear('an empty form', await submit({ time: null, days: [], stories: ['all', 'lawsuit'] }))
  hear('a form', await submit({ time: '06:15' }))
  await untilModal(() => loopback.command('/digest', { channel_id: 'COUT' }))
  hear('a form where it cannot post', await submit({}))

  const check = (text: string) => loopback.deliver('interactive', loopback.shortcut(text))
  for (const text of ['“Ձձձ Ձձձ Ձձձ”', '', 'Ձ '.repeat(600)]) await untilModal(() => check(text))
  const [button] = currentView().blocks.at(-1)?.elements ?? []
  if (button?.type === 'button')
    await untilModal(() =>
      loopback.deliver('interactive', loopback.withTrigger(chosenBody(currentView(), button))),
    )
  const report = (message: Json) =>
    loopback.deliver(
      'interactive',
      loopback.shortcut('', { callback_id: 'report_error', message: { type: 'message', ...message } }),
    )
  await report({ ts: '17.5', bot_id: 'BOTHER' })
  await untilModal(() => report({ ts: '17.5', bot_id: 'BBOT' }))
  hear('a report', await submit({ sentence: 'Ա' }))
  for (const openView of [() => check('Ա'), () => report({ ts: '17.5', bot_id: 'BBOT' })]) {
    const count = loopback.responses.length
    loopback.failNext('views.open', { error: 'expired_trigger_id' })
    await openView()
    await waitUntil(() => loopback.responses.length > count)
  }
  loopback.failNext('views.open', { error: 'expired_trigger_id' })
  hear('a form that does not open', await loopback.command('/digest'))

  hear('a digest', await loopback.command('/digest on morning', { channel_id: 'DOWN' }))
  const opened = { type: 'app_home_opened', user: 'U1', channel: 'DOWN', tab: 'home' }
  await loopback.deliver('events_api', loopback.event(opened))
  await waitUntil(() => loopback.views.homes.has('U1'))
  const mention = { type: 'app_mention', text: '<@UBOT> lawsuit summary', channel: 'C1', ts: '18.1' }
  await loopback.deliver('events_api', loopback.event(mention))
  for (const error of REFUSALS) {
    loopback.failNext('chat.postMessage', { error })
    await platform
      .post('slack:T1/C1', sentenceReply('Ա'), { key: error })
      .catch(cause => hear(error, [cause.human ?? '']))
  }
  for (const channel of ['COUT', 'CNONE', 'C1'])
    hear(channel, { access: await platform.checkAccess?.(`slack:T1/${channel}`).catch(() => {}) })

  for (const { method, args } of loopback.calls) if (method !== 'auth.test') hear(method, args)
  for (const response of loopback.responses) hear('a response', response)
  hear('commands on Slack', slackManifest(handle.commands(), { mode: 'socket' }).features)
  await platform.stop()
  await loopback.close()
}

type RunningSlack = { loopback: Loopback; platform: SlackPlatform; handle: Handler; publish: Publish }
