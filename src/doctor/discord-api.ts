import type { Rest } from '../platforms/discord/rest.ts'
import type { HttpClient } from './http-client.ts'

const API_URL = 'https://discord.com/api'

/**
 * Makes requests to Discord's HTTP API with a token. A refusal is thrown with its status and code, as the platform
 * throws it. Rejects with a `NoAnswer` if nothing came back.
 */
export function discordRest({ request }: HttpClient, token: string, apiUrl = API_URL): Rest {
  return async (method, path, { query } = {}) => {
    const search = query ? `?${new URLSearchParams(query)}` : ''
    const { status, json } = await request(`${apiUrl.replace(/\/+$/, '')}/v10${path}${search}`, {
      method,
      headers: { authorization: `Bot ${token}` },
    })
    if (status >= 200 && status < 300) return json
    throw Object.assign(new Error(String(json.message ?? `HTTP ${status}`)), {
      status,
      code: json.code,
      ...(status === 429 && { retryAfter: Number(json.retry_after ?? 1) * 1_000 }),
    })
  }
}
