import type { Log, Paint } from '../../chat/platform.ts'
import type { Picture } from '../../chat/reply.ts'
import { pictureKey } from '../../pictures/picture-file.ts'
import type { PaintedPicture } from './view.ts'

/** The pictures of the page, in memory. */
export type Pictures = {
  /** Paints a picture, once; undefined if that fails. */
  paint(picture: Picture): Promise<PaintedPicture | undefined>
  /** The PNG for a request path; undefined if it is not a picture that was painted. */
  responseFor(path: string): Promise<Response | undefined>
}

const PATH = /^\/preview\/picture\/([\w-]+)\.png$/
/** At about 100 kB a picture these are 10 MB, and enough for all pictures on an open page. */
const MAX_CACHED = 100
/** The offsets of width and height in a PNG (the IHDR chunk). */
const [WIDTH, HEIGHT] = [16, 20]

/** Paints and caches pictures by their content; the least recently used are dropped. Without `paint` there are none. */
export function createPictures(paint: Paint | undefined, log: Log): Pictures {
  const cache = new Map<string, Promise<Uint8Array>>()

  const getOrPaint = (name: string, picture: Picture): Promise<Uint8Array> => {
    const painting = cache.get(name) ?? paint!(picture)
    // Moves it to the end: the first entry is the least recently used.
    cache.delete(name)
    cache.set(name, painting)
    if (cache.size > MAX_CACHED) cache.delete(cache.keys().next().value!)
    return painting
  }

  return {
    paint: async picture => {
      if (!paint) return undefined
      const name = pictureKey(picture)
      try {
        const bytes = await getOrPaint(name, picture)
        const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
        const size = { width: header.getUint32(WIDTH), height: header.getUint32(HEIGHT) }
        return { src: `/preview/picture/${name}.png`, ...size }
      } catch (cause) {
        cache.delete(name)
        log.warn({ err: cause }, 'preview: a picture could not be painted')
        return undefined
      }
    },
    responseFor: async path => {
      const bytes = await cache.get(PATH.exec(path)?.[1] ?? '')?.catch(() => undefined)
      return bytes && new Response(new Uint8Array(bytes), { headers: { 'content-type': 'image/png' } })
    },
  }
}
