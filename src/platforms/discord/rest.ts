import type { DiscordFile } from './pictures.ts'

/** Makes one request to Discord's HTTP API. */
export type Rest = (
  method: 'GET' | 'POST' | 'PATCH' | 'PUT',
  path: `/${string}`,
  options?: { body?: unknown; files?: DiscordFile[]; query?: Record<string, string>; signal?: AbortSignal },
) => Promise<unknown>
