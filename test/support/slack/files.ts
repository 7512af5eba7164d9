import { randomUUID } from 'node:crypto'
import type { Json } from './loopback-workspace.ts'

/**
 * A file in the loopback workspace. Only messages sent with its token can show it, only if it is a picture, and only from
 * `readyAt` on (by `performance.now`): Slack first finds out what it is. `sharedIn` are the channels whose messages show it.
 */
export type StoredFile = {
  id: string
  name: string
  token: string
  length: number
  bytes?: Buffer
  completed?: true
  processingMs: number
  readyAt?: number
  sharedIn: Set<string>
}

/** The first bytes of the kinds of picture that an image block takes: PNG, JPEG and GIF. Names of files count nothing. */
const PICTURE_STARTS = ['\x89PNG\r\n\x1a\n', '\xff\xd8\xff', 'GIF8']
const isPicture = (bytes?: Buffer) =>
  PICTURE_STARTS.some(start => bytes?.subarray(0, start.length).toString('latin1') === start)

const REFUSED = 'invalid slack file [json-pointer:/blocks/0/slack_file]'

/** Creates the files of a loopback workspace, with the methods that upload them. */
export function createFiles(origin: () => string) {
  const stored: StoredFile[] = []
  const tickets = new Map<string, StoredFile>()
  /**
   * How long Slack takes to process a file, in milliseconds: really 1 to 30 seconds (slack-github-action#413). Until then
   * blocks with it are refused. `next` are those of the next files.
   */
  const processing = { usualMs: 30, next: [] as number[] }

  /** Answers a method of files; undefined for any other. */
  function handleFileMethod(method: string, args: Json, token: string): object | undefined {
    if (method === 'files.getUploadURLExternal') {
      if (!args.filename || !Number(args.length)) return { ok: false, error: 'invalid_arguments' }
      const id = `F${String(stored.length + 1).padStart(9, '0')}`
      const { filename: name, length } = args
      const processingMs = processing.next.shift() ?? processing.usualMs
      const file: StoredFile = { id, name, token, length: Number(length), processingMs, sharedIn: new Set() }
      const ticket = randomUUID()
      tickets.set(ticket, file)
      stored.push(file)
      return { ok: true, upload_url: `http://${origin()}/upload/${ticket}`, file_id: id }
    }
    if (method !== 'files.completeUploadExternal') return undefined
    const [{ id }] = JSON.parse(args.files) as [{ id: string }]
    const file = stored.find(stored => stored.id === id && stored.token === token)
    if (file?.bytes?.length !== file?.length || !file) return { ok: false, error: 'file_not_found' }
    file.completed = true
    file.readyAt = performance.now() + file.processingMs
    if (args.channel_id) file.sharedIn.add(args.channel_id)
    return { ok: true, files: [{ id, title: file.name }] }
  }

  /** Stores the bytes of a file, sent in a form or as they are. Returns the status of the response. */
  async function receiveUpload(ticket: string, type: string, body: Buffer): Promise<number> {
    const file = tickets.get(ticket)
    if (!file) return 404
    tickets.delete(ticket)
    if (!type.startsWith('multipart/form-data')) file.bytes = body
    else {
      const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
      const [part] = [...form.values()]
      if (!(part instanceof Blob)) return 400
      file.bytes = Buffer.from(await part.arrayBuffer())
    }
    return 200
  }

  /** The error of a message whose blocks show a file that this token cannot show; undefined where there is none. */
  function fileProblem(blocks: Json[] = [], token: string): object | undefined {
    for (const { type, slack_file, alt_text } of blocks) {
      if (type !== 'image') continue
      const file = stored.find(({ id }) => id === slack_file?.id)
      const isReady = file?.readyAt !== undefined && file.readyAt <= performance.now() && file.token === token
      const isFileId = /^F[A-Z0-9]{8,}$/.test(slack_file?.id ?? '')
      if (!alt_text || alt_text.length > 2000 || !isFileId || !isReady || !isPicture(file.bytes))
        return {
          ok: false,
          error: 'invalid_blocks',
          errors: [REFUSED],
          response_metadata: { messages: [REFUSED] },
        }
    }
    return undefined
  }

  /** Finds the file that a message shows. */
  const fileShownIn = ({ blocks = [] }: { blocks?: Json[] }): StoredFile | undefined =>
    stored.find(({ id }) => blocks.some(block => block.slack_file?.id === id))

  /** A message that stays shares its files with everybody who can read it; a private answer shares nothing. */
  const share = (message: { channel: string; blocks?: Json[] }) =>
    void fileShownIn(message)?.sharedIn.add(message.channel)

  return { stored, processing, fileShownIn, handleFileMethod, receiveUpload, fileProblem, share }
}
