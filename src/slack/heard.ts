import type { App } from '@slack/bolt'
import { asking, onlyOnce } from '../asked.ts'
import type { Handlers, Log } from '../platform.ts'
import type { Reply } from '../reply.ts'
import { checkQuote, pressedInView } from './checkquote.ts'
import { FIELD, FORM } from './formview.ts'
import { home, type OpenedPayload } from './home.ts'
import { CHECK, REPORT } from './menu.ts'
import type { Web } from './messages.ts'
import {
  type ActionPayload,
  actionCall,
  type EventPayload,
  eventCall,
  type FormPayload,
  type ShortcutPayload,
  type SlashPayload,
  slashCall,
} from './payload.ts'
import type { people } from './people.ts'
import { QUIET, render } from './render.ts'
import { askWhatIsWrong, REPORT_FORM, reported } from './report.ts'
import { settingsModal } from './settings.ts'

/** What hearing needs. `during` runs work that a stop waits for; `address` is that of the workspace. */
export type Hearing = {
  handlers: Handlers
  during(work: () => Promise<void>): Promise<void>
  web: Web
  about: ReturnType<typeof people>
  address(): string | undefined
  log: Log
}

/** Answers what Slack hands on: commands, mentions, direct messages, buttons, forms, shortcuts and the Home tab. */
export function listen(app: App, { handlers, during, web, about, address, log }: Hearing) {
  const first = onlyOnce()
  const { answered, answeredOpenly } = asking({ name: 'slack', title: 'Slack', render }, log)
  /** For answers that become a modal: as they are, once it is known that Slack takes them. */
  const inView = asking({ name: 'slack', title: 'Slack', render: drawable }, log)
  const form =
    handlers.settings &&
    settingsModal({ ...{ settings: handlers.settings, asking: inView }, ...{ handlers, web, log } })
  const opened = home({ handlers, web, about, address, log })

  app.command(/.*/, ({ body, ack }) =>
    during(async () => {
      const asked = slashCall(body as SlashPayload, Date.now())
      const said = (message: object) => ack({ response_type: 'ephemeral', ...QUIET, ...message })
      const asks = handlers.settings?.asks(asked.call)
      if (!form || !asks) return said(await answered(handlers, asked))
      await form.open(asked, asks.name, problem => (problem ? said(render(problem)) : ack()))
    }),
  )
  app.event(/^(app_mention|message)$/, ({ body, context }) =>
    during(async () => {
      const asked = eventCall(body as unknown as EventPayload, context.botUserId, Date.now())
      if (asked && first(asked.key)) await answeredOpenly(handlers, asked)
    }),
  )
  app.action(/^run:/, ({ body, ack, respond }) =>
    during(async () => {
      await ack()
      const press = body as unknown as ActionPayload
      const { view } = press
      if (view) return pressedInView({ ...press, view }, { handlers, asking: inView, web })
      const asked = actionCall(press, Date.now())
      const thread = asked.under === undefined ? {} : { thread_ts: asked.under }
      const message = await answered(handlers, asked)
      await respond({
        response_type: 'ephemeral',
        replace_original: false,
        ...QUIET,
        ...thread,
        ...message,
      } as Parameters<typeof respond>[0])
    }),
  )
  app.shortcut({ type: 'message_action', callback_id: CHECK.callback_id }, ({ body, ack, respond }) =>
    during(async () => {
      await ack()
      await checkQuote(body as unknown as ShortcutPayload, { handlers, asking: inView, web, log }, reply =>
        respond({ response_type: 'ephemeral', ...QUIET, ...render(reply) } as Parameters<typeof respond>[0]),
      )
    }),
  )
  app.shortcut(
    { type: 'message_action', callback_id: REPORT.callback_id },
    ({ body, ack, context, respond }) =>
      during(async () => {
        await ack()
        await askWhatIsWrong(body as unknown as ShortcutPayload, context.botId, { web, log }, reply =>
          respond({ response_type: 'ephemeral', ...QUIET, ...render(reply) } as Parameters<
            typeof respond
          >[0]),
        )
      }),
  )
  app.view({ callback_id: REPORT_FORM, type: 'view_submission' }, ({ body, ack }) =>
    during(async () => {
      const done = await reported(body as unknown as FormPayload, { handlers, asking: inView, web, log })
      await ack(done as never)
    }),
  )
  app.event('app_home_opened', ({ body }) => during(() => opened(body as unknown as OpenedPayload)))
  if (form) {
    app.view({ callback_id: FORM, type: 'view_submission' }, ({ body, ack }) =>
      during(async () => {
        await ack((await form.submit(body as unknown as FormPayload)) as never)
      }),
    )
    app.action(new RegExp(`^${FIELD}`), ({ body, ack }) =>
      during(async () => {
        await ack()
        await form.choose(body as unknown as FormPayload)
      }),
    )
    app.options(new RegExp(`^${FIELD}`), ({ payload, ack }) =>
      during(async () => {
        const options = form.offer(payload.action_id, payload.value)
        await ack({ options } as Parameters<typeof ack>[0])
      }),
    )
  }
  app.error(async error => log.error({ err: error }, 'slack: an event was not handled'))
}

function drawable(reply: Reply): Reply {
  render(reply)
  return reply
}
