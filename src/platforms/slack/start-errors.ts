/** Says in one sentence, without secrets, why the bot token does not work; it names the setting. */
export const tokenFailure = (cause: unknown) =>
  new Error(
    isRefusal(cause)
      ? `Slack does not accept SLACK_BOT_TOKEN (${describeCause(cause)}). Copy the “Bot User OAuth Token” of the app again.`
      : `Slack could not be reached to check SLACK_BOT_TOKEN (${describeCause(cause)}).`,
    { cause },
  )

/** Says the same about the token of Socket Mode. */
export const socketFailure = (cause: unknown) =>
  new Error(
    isRefusal(cause)
      ? `Slack does not accept SLACK_APP_TOKEN (${describeCause(cause)}). Generate an “App-Level Token” with connections:write.`
      : `Slack’s Socket Mode cannot be reached (${describeCause(cause)}).`,
    { cause },
  )

/** Makes the refusal that Slack would give, for a workspace that we have no token for. */
export const noInstallation = () =>
  Object.assign(new Error('slack: not installed in this workspace'), {
    code: 'slack_webapi_platform_error',
    data: { error: 'no_installation' },
  })

// For an answer that is not JSON, such as a proxy's page, web-api gives that page as the code.
const platformError = (cause: unknown) =>
  /^\w+$/.exec((cause as { data?: { error?: string } } | undefined)?.data?.error ?? '')?.[0]

const isRefusal = (cause: unknown) => platformError(cause) !== undefined

const describeCause = (cause: unknown) =>
  platformError(cause) ?? (cause instanceof Error ? cause.message : 'no answer')
