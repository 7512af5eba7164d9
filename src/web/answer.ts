/** What is asked of a part of the server by GET or HEAD: the path, and by which tags and since when the caller has it. */
export type WebQuestion = { path: string; ifNoneMatch?: string; ifModifiedSince?: string }

/** The answer, as plain data. */
export type WebAnswer = { status: number; headers: Record<string, string>; body?: string }
