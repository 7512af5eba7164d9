import { hash } from 'node:crypto'
import { note, type Picture, type Reply, withPictureAsText } from '../chat/reply.ts'

/** The file name of a picture. */
export const pictureFileName = ({ kind }: Picture): string =>
  kind === 'card' ? 'quotation.png' : 'timeline.png'

/** A hash of a picture's content: equal pictures have the same key. */
export const pictureKey = (picture: Picture): string => hash('sha256', JSON.stringify(picture), 'base64url')

/** Replaces a reply's picture with its text, and adds small print that says why. */
export function withoutPicture(reply: Reply, why: string): Reply {
  const textReply = withPictureAsText(reply)
  return { ...textReply, blocks: [...textReply.blocks, note(why)] }
}
