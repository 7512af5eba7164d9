import type { Json } from './payloads.ts'

/** A response of the HTTP API; a 204 has no body. `retryAfter` is in seconds. */
export type ApiResponse = { status: number; body?: Json | Json[]; retryAfter?: number }

/** Makes an error as the HTTP API answers it. */
export const errorResponse = (
  status: number,
  code: number,
  message: string,
  retryAfter?: number,
): ApiResponse => ({
  status,
  body: { code, message, ...(retryAfter !== undefined && { retry_after: retryAfter, global: false }) },
  retryAfter,
})

/** Makes the answer to a request that worked. */
export const ok = (body: Json | Json[]): ApiResponse => ({ status: 200, body })
