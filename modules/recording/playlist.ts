import { createHmac, timingSafeEqual } from 'node:crypto'
import { fail } from '@kaibo/contract/core/fail'
import type { Replay } from '@kaibo/contract/media/recording'
import { hourMs } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import type { RecordingNeeds } from './needs.ts'
import { initKey, isSeam, pieceKey } from './rules.ts'
import * as store from './store.ts'

/** An address is good for at least so long, and alike for all who ask within an hour: caches like that. */
const playMs = 6 * hourMs

const sign = (secret: Buffer, liveId: Id, expSec: number): string =>
  `${expSec}.${createHmac('sha256', secret).update(`${liveId}|${expSec}`).digest('base64url')}`

/** The signed address of a replay's playlist, for people who reached us at `host`. */
export function playOf(
  { clock, secret, originOf }: RecordingNeeds,
  { liveId, host }: { liveId: Id; host: string },
): Replay['play'] {
  const expiresAt = new Date(Math.ceil(clock.now().getTime() / hourMs) * hourMs + playMs)
  const token = sign(secret, liveId, expiresAt.getTime() / 1_000)
  return {
    url: `${originOf(host)}/api/live/${liveId}/replay/index.m3u8?t=${token}`,
    expiresAt: expiresAt.toISOString(),
  }
}

/** When the address expires; undefined when we never gave it out, or it did. */
function expiryOf({ secret, clock }: RecordingNeeds, liveId: Id, token: string): Date | undefined {
  const expSec = Number(/^(\d{10})\./.exec(token)?.[1])
  const expected = Buffer.from(sign(secret, liveId, expSec))
  const given = Buffer.from(token)
  const isOurs = given.length === expected.length && timingSafeEqual(given, expected)
  return isOurs && expSec * 1_000 > clock.now().getTime() ? new Date(expSec * 1_000) : undefined
}

/**
 * The VOD playlist of a replay (RFC 8216): its pieces as they were recorded, wherever they lie now.
 * Throws `recording.not_found` without a good address, or when the replay is gone.
 */
export async function playlist(
  needs: RecordingNeeds,
  { id: liveId, t, host }: { id: Id; t: string; host: string },
): Promise<{ bytes: Uint8Array; contentType: string }> {
  const expiresAt = expiryOf(needs, liveId, t)
  const row = expiresAt && (await store.byId(needs.database.db, liveId))
  if (!expiresAt || !row?.folder || row.state !== 'ready') throw fail('recording.not_found')
  const pieces = await store.piecesOf(needs.database.db, liveId)
  const urlOf = addressBook(needs, { host, expiresAt })
  const { folder } = row
  const blocks = await Promise.all(
    pieces.map(async (piece, at) => {
      const before = pieces[at - 1]
      const seam = isSeam(before, piece)
      const map = await urlOf(initKey(folder, piece.initNumber), piece.isMoved)
      return [
        ...(seam ? ['#EXT-X-DISCONTINUITY'] : []),
        ...(seam || !before ? [`#EXT-X-MAP:URI="${map}"`] : []),
        `#EXT-X-PROGRAM-DATE-TIME:${piece.startedAt.toISOString()}`,
        `#EXTINF:${(piece.durationMs / 1_000).toFixed(3)},`,
        await urlOf(pieceKey(folder, piece.number), piece.isMoved),
      ]
    }),
  )
  const targetSec = Math.ceil(Math.max(1_000, ...pieces.map(each => each.durationMs)) / 1_000)
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${targetSec}`,
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...blocks.flat(),
    '#EXT-X-ENDLIST',
    '',
  ]
  return { bytes: Buffer.from(lines.join('\n')), contentType: 'application/vnd.apple.mpegurl' }
}

/** Addresses of files; the init segment that many pieces share is signed once. */
export function addressBook(needs: RecordingNeeds, wish: { host: string; expiresAt: Date }) {
  const known = new Map<string, Promise<string>>()
  return (key: string, isMoved: boolean): Promise<string> => {
    const address =
      known.get(key) ??
      (isMoved && needs.store
        ? needs.store.urlOf(key, wish)
        : Promise.resolve(needs.spool.urlOf(key, wish)))
    known.set(key, address)
    return address
  }
}
