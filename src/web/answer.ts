/** What is asked of a part of the server by GET or HEAD: the path, and the tags of what the caller has already. */
export type WebQuestion = { path: string; ifNoneMatch?: string }

/** The answer, as plain data. */
export type WebAnswer = { status: number; headers: Record<string, string>; body?: string }
