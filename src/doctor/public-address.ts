import type { Config } from '../config.ts'
import { type Finding, findingsFor } from './finding.ts'
import { type HttpClient, NoAnswer } from './http-client.ts'

const { warning, ok } = findingsFor('slack')

/** Whether the web reaches this server where Slack calls it over HTTP; nothing is asked with Socket Mode. */
export async function diagnosePublicAddress(
  { slack, publicUrl }: Config,
  { request }: HttpClient,
): Promise<Finding[]> {
  if (!slack || slack.appToken !== undefined) return []
  if (publicUrl === undefined)
    return [
      warning(
        'public-url-none',
        'Slack calls over HTTP, and PUBLIC_URL does not say where it finds this server.',
        'Set PUBLIC_URL to the address that the manifest was made with, such as https://bot.example.org',
      ),
    ]
  const address = `${publicUrl.replace(/\/+$/, '')}/health`
  const answer = await request(address).catch((cause: unknown) => cause as NoAnswer)
  if (!(answer instanceof Error) && answer.json.platforms !== undefined)
    return [ok('public-url', `${address} answers.`)]
  const why =
    answer instanceof NoAnswer
      ? answer.code
      : answer instanceof Error
        ? answer.message
        : `HTTP ${answer.status}, not by nutgraf`
  return [
    warning(
      'public-url-silent',
      `${address} does not answer (${why}): Slack finds nobody there.`,
      'Start nutgraf; if it runs, let the proxy before it hand everything on to its PORT, or correct PUBLIC_URL.',
    ),
  ]
}
