import type { IncomingMessage } from 'node:http'
import { OFFER_BYTES_MAX } from '@kaibo/media/webrtc/sdp-offer'

/** What is read of a body that is too large, so that its sender can be told. */
const READ_BYTES_MAX = 128 * OFFER_BYTES_MAX

/** The offer in a request, undefined when it is none, too large or cut off. */
export const readOfferBody = async (request: IncomingMessage): Promise<string | undefined> => {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/sdp') return undefined
  const pieces: Buffer[] = []
  let byteCount = 0
  try {
    for await (const piece of request.iterator({ destroyOnReturn: false })) {
      byteCount += piece.length
      if (byteCount <= OFFER_BYTES_MAX) pieces.push(piece)
      if (byteCount > READ_BYTES_MAX) break
    }
  } catch {
    return undefined
  }
  return byteCount > OFFER_BYTES_MAX ? undefined : Buffer.concat(pieces).toString('utf8')
}

/** The address of a peer, empty once it is gone; IPv4 in IPv6 clothes is the same peer to a limit. */
export const ipOf = ({ socket }: { socket: IncomingMessage['socket'] | null }): string =>
  (socket?.remoteAddress ?? '').replace(/^::ffff:/, '')
