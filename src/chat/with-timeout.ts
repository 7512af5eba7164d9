/** Thrown where work was not done in time; the work itself may still be done later. */
export class TimeoutError extends Error {
  override name = 'TimeoutError'
}

/**
 * Waits for work, at most `ms` and only until `signal` aborts; rejects with a `TimeoutError` after that. The work
 * itself goes on.
 */
export async function withTimeout<Value>(
  work: Promise<Value>,
  ms: number,
  signal?: AbortSignal,
): Promise<Value> {
  // It may fail after we stopped waiting, which must not be an unhandled rejection.
  work.catch(() => {})
  const timeout = Promise.withResolvers<never>()
  const giveUp = () => timeout.reject(new TimeoutError('it took too long'))
  const timer = setTimeout(giveUp, Math.max(0, ms))
  signal?.addEventListener('abort', giveUp)
  if (signal?.aborted) giveUp()
  try {
    return await Promise.race([work, timeout.promise])
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', giveUp)
  }
}
