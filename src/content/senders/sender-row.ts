/**
 * What is signed, as text with places that are filled: `{body}` stands for the raw bytes, `{time}` and `{id}` for what the
 * call carries, `{signedHeaders}` for the headers that the call names, `{method}` and `{path}` for the request.
 */
export type SignedText = string

/** How a system signs its calls. */
export type Signature = {
  header: string
  /** What the header looks like, as a regular expression with the groups `signature` and, where it is there, `time`. */
  form: string
  /** What stands between several signatures in one header: one that is right is enough. */
  separator?: string
  algorithm: 'sha256' | 'sha1'
  /** In which way the signature is written. Where a system does not say, either of two is taken, and no mix of them. */
  encodings: ('hex' | 'base64' | 'base64url')[]
  signed: SignedText
  /** How the key comes from the secret: its letters, or what `whsec_` and base64 hold. */
  key: 'letters' | 'whsec'
  /** How many characters a secret must have, where the system says so. */
  secretLength?: number
  /** The header that names the headers that are signed too, and those that have to be among them. */
  signedHeaders?: { header: string; mustHave: string[] }
}

/** Where the moment of signing stands. It is only trusted where it is signed. */
export type Stamp = {
  /** A header, a path in the body, or the group `time` of the signature's form. */
  from: { header: string } | { field: string } | 'signature'
  /** `either`: seconds or milliseconds, told apart by their size. */
  unit: 'seconds' | 'milliseconds' | 'either'
}

/** Where the id of a call stands, the same in each of its tries. One that is not signed serves unsigned senders alone. */
export type CallId = { header: string } | { field: string }

/**
 * A value of a call, as text with paths in the body: `{post.current.title}`, `{docs.0.url}`. A path may begin with
 * `header:`, and `*` takes the first of what is there. Of several, the first counts of which every path has a value.
 */
export type Template = string[]

/** A question about a call: what stands at a path of its body, or in a header (`header:x-topic`). */
export type Condition = {
  at: string
  is?: (string | number | boolean)[]
  begins?: string
  exists?: boolean
}

/** What a call means for its items, where all conditions hold. The first rule that holds decides. */
export type StateRule = { when: Condition[]; state: 'stands' | 'withdrawn' | 'draft' | 'ignored' }

/** Where the fields of an item stand. With `list`, their paths begin at each element of it. */
export type ItemFields = {
  list?: string
  id: Template
  title: Template
  /** Whether titles are written as HTML. */
  titleIsHtml?: boolean
  address?: Template
  text?: Template
  outlet?: Template
  published?: Template
  /** When it was changed last, where the version is a number. */
  updated?: Template
  /** By what newer and older versions are told apart: a moment, or a number that grows. */
  version: { at: Template; kind: 'moment' | 'number' }
  embargo?: Template
}

/**
 * One system that calls us, as data alone: an entry of `senders.yml`, or a row of ours. Another one needs no code. Without `signature` it proves nothing, so it calls an
 * address that nobody can guess, and all it brings are drafts.
 */
export type SenderRow = {
  /** As in its address and in the names of its settings: `/hooks/ghost`, `HOOK_SECRET_GHOST`. */
  name: string
  /** What people call the system. */
  system: string
  signature?: Signature
  stamp?: Stamp
  callId?: CallId
  states: StateRule[]
  fields: ItemFields
}
