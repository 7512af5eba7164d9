/** Why the platform could not start, in one sentence that names the setting; nothing secret is ever in it. */
export const tokenFailure = (cause: unknown) =>
  new Error(
    isRefusal(cause)
      ? `Slack does not accept SLACK_BOT_TOKEN (${describeCause(cause)}). Copy the “Bot User OAuth Token” of the app again.`
      : `Slack could not be asked whether SLACK_BOT_TOKEN is right (${describeCause(cause)}).`,
    { cause },
  )

/** The same for the token of Socket Mode. */
export const socketFailure = (cause: unknown) =>
  new Error(
    isRefusal(cause)
      ? `Slack does not accept SLACK_APP_TOKEN (${describeCause(cause)}). Make an “App-Level Token” with connections:write.`
      : `Slack’s Socket Mode cannot be reached (${describeCause(cause)}).`,
    { cause },
  )

/** What stands for Slack's own refusal where there is no token to ask it with. */
export const noInstallation = () =>
  Object.assign(new Error('slack: not installed in this workspace'), {
    code: 'slack_webapi_platform_error',
    data: { error: 'no_installation' },
  })

// Where the answer is no JSON, such as a proxy's page, web-api gives the page for Slack's code.
const platformError = (cause: unknown) =>
  /^\w+$/.exec((cause as { data?: { error?: string } } | undefined)?.data?.error ?? '')?.[0]

const isRefusal = (cause: unknown) => platformError(cause) !== undefined

const describeCause = (cause: unknown) =>
  platformError(cause) ?? (cause instanceof Error ? cause.message : 'no answer')
