import { type ApiResponse, errorResponse } from './api-response.ts'

const POST = 'POST /channels/:id/messages'

/**
 * Creates the limits of posts: each channel takes `postLimit` of them in a window, which begins with the first. Discord
 * says in headers how many are left.
 */
export function createPostLimits({
  postLimit = Number.POSITIVE_INFINITY,
  postWindow = 5_000,
}: {
  postLimit?: number
  postWindow?: number
}) {
  const windows = new Map<string, { endsAt: number; left: number }>()
  const windowOf = (path: string) => {
    const known = windows.get(path)
    if (known && known.endsAt > Date.now()) return known
    const fresh = { endsAt: Date.now() + postWindow, left: postLimit }
    windows.set(path, fresh)
    return fresh
  }
  return {
    /** Counts a request; the refusal of one that is too many. */
    check(route: string, path: string): ApiResponse | undefined {
      if (route !== POST || postLimit === Number.POSITIVE_INFINITY) return undefined
      const window = windowOf(path)
      if (window.left-- > 0) return undefined
      window.left = 0
      return errorResponse(429, 0, 'You are being rate limited.', (window.endsAt - Date.now()) / 1000)
    },
    headers(route: string, path: string): Record<string, string> {
      if (route !== POST || postLimit === Number.POSITIVE_INFINITY) return {}
      const { endsAt, left } = windowOf(path)
      return {
        'x-ratelimit-bucket': 'posts',
        'x-ratelimit-limit': String(postLimit),
        'x-ratelimit-remaining': String(left),
        'x-ratelimit-reset-after': String((endsAt - Date.now()) / 1000),
      }
    },
  }
}
