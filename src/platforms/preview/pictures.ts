import type { Log, Paint } from '../../chat/platform.ts'
import type { Picture } from '../../chat/reply.ts'
import { pictureKey } from '../../pictures/picture-file.ts'
import type { PaintedPicture } from './view.ts'

/** The pictures that the page can show, in memory. */
export type Pictures = {
  /** Paints a picture; nothing where that cannot be done. The same picture is painted once. */
  paint(picture: Picture): Promise<PaintedPicture | undefined>
  /** A picture by the path it is asked for. */
  responseFor(path: string): Promise<Response | undefined>
}

const PATH = /^\/preview\/picture\/([\w-]+)\.png$/
const MAX_CACHED = 100
/** Where a PNG tells its width and its height. */
const [WIDTH, HEIGHT] = [16, 20]

/** Keeps what was painted by what is in it, the oldest going first. Without `paint` there is never a picture. */
export function createPictures(paint: Paint | undefined, log: Log): Pictures {
  const kept = new Map<string, Promise<Uint8Array>>()

  const png = (name: string, picture: Picture): Promise<Uint8Array> => {
    const painting = kept.get(name) ?? paint!(picture)
    // Put back at the end: what is asked for stays.
    kept.delete(name)
    kept.set(name, painting)
    if (kept.size > MAX_CACHED) kept.delete(kept.keys().next().value!)
    return painting
  }

  return {
    paint: async picture => {
      if (!paint) return undefined
      const name = pictureKey(picture)
      try {
        const bytes = await png(name, picture)
        const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
        const size = { width: header.getUint32(WIDTH), height: header.getUint32(HEIGHT) }
        return { src: `/preview/picture/${name}.png`, ...size }
      } catch (cause) {
        kept.delete(name)
        log.warn({ err: cause }, 'preview: a picture could not be painted')
        return undefined
      }
    },
    responseFor: async path => {
      const bytes = await kept.get(PATH.exec(path)?.[1] ?? '')?.catch(() => undefined)
      return bytes && new Response(new Uint8Array(bytes), { headers: { 'content-type': 'image/png' } })
    },
  }
}
