import type { CallWebApi } from '../platforms/slack/messages.ts'
import { type HttpClient, type HttpResponse, NoAnswer } from './http-client.ts'

/** The answer of Slack to a method call, with the scopes that it says the token has. */
type SlackAnswer = { ok: boolean; error?: string; scopes?: string[]; json: Record<string, unknown> }

/** Calls a method of the Web API with a token. Rejects with a `NoAnswer` if Slack gave no answer. */
export type SlackCall = (method: string, token: string, args?: Record<string, string>) => Promise<SlackAnswer>

const API_URL = 'https://slack.com/api/'

/** Creates the calls; `apiUrl` is another address in tests. */
export function createSlackCall({ request }: HttpClient, apiUrl = API_URL): SlackCall {
  return async (method, token, args = {}) => {
    const answer = await request(`${apiUrl.replace(/\/*$/, '/')}${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(args).toString(),
    })
    const { ok, error } = answer.json
    if (typeof ok !== 'boolean') throw new NoAnswer(`HTTP ${answer.status}`, undefined)
    return {
      ok,
      json: answer.json,
      error: typeof error === 'string' ? error : undefined,
      scopes: scopesOf(answer),
    }
  }
}

const scopesOf = ({ headers }: HttpResponse): string[] | undefined =>
  headers
    .get('x-oauth-scopes')
    ?.split(',')
    .map(scope => scope.trim())
    .filter(Boolean)

/** Makes the same calls in the form, and with the failures, that the code of the platform expects. */
export const slackWebFrom =
  (call: SlackCall, token: string): CallWebApi =>
  async <Result>(_team: string, method: string, args: Record<string, unknown>) => {
    const parameters = Object.fromEntries(Object.entries(args).map(([name, value]) => [name, String(value)]))
    const answer = await call(method, token, parameters).catch(cause =>
      Promise.reject(
        Object.assign(new Error('slack: no answer'), { code: 'slack_webapi_request_error', original: cause }),
      ),
    )
    if (!answer.ok)
      throw Object.assign(new Error('slack: refused'), {
        code: 'slack_webapi_platform_error',
        data: { error: answer.error ?? 'unknown' },
      })
    return { ...answer.json, response_metadata: { scopes: answer.scopes } } as Result
  }
