import { createHmac, timingSafeEqual } from 'node:crypto'
import { fail } from '@kaibo/contract/core/fail'
import type { Replay } from '@kaibo/contract/media/recording'
import { hourMs } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import type { RecordingNeeds } from './needs.ts'
import { type Audience, initKey, isSeam, isShownTo, pieceKey } from './rules.ts'
import * as store from './store.ts'

/** A playlist is looked up each time, so its address may be good for long; that of a hidden one is not. */
const playMs = { public: 6 * hourMs, shop: hourMs, platform: hourMs }
/** Who has the address of a piece gets it, whatever happened since; players ask for new ones. */
const pieceMs = hourMs

/** At least so long from now, and alike for all who ask within an hour: caches like that. */
const goodFor = ({ clock }: Pick<RecordingNeeds, 'clock'>, ms: number): Date =>
  new Date(Math.ceil(clock.now().getTime() / hourMs) * hourMs + ms)

type Grant = { liveId: Id; audience: Audience; expSec: number }

const sign = (secret: Buffer, { liveId, audience, expSec }: Grant): string => {
  const said = `${audience}|${liveId}|${expSec}`
  return `${expSec}.${createHmac('sha256', secret).update(said).digest('base64url')}`
}

/** The signed address of a replay's playlist, for people who reached us at `host`. */
export function playOf(
  needs: RecordingNeeds,
  { liveId, host, audience }: { liveId: Id; host: string; audience: Audience },
): Replay['play'] {
  const { secret, originOf } = needs
  const expiresAt = goodFor(needs, playMs[audience])
  const token = sign(secret, { liveId, audience, expSec: expiresAt.getTime() / 1_000 })
  return {
    url: `${originOf(host)}/api/live/${liveId}/replay/index.m3u8?t=${token}`,
    expiresAt: expiresAt.toISOString(),
  }
}

/** For whom we gave out an address; undefined when we never did, or it is over. */
export function audienceOf(
  { secret, clock }: Pick<RecordingNeeds, 'secret' | 'clock'>,
  { liveId, token }: { liveId: Id; token: string },
): Audience | undefined {
  const expSec = Number(/^(\d{10})\./.exec(token)?.[1])
  if (!(expSec * 1_000 > clock.now().getTime())) return undefined
  const given = Buffer.from(token)
  return (['public', 'shop', 'platform'] as const).find(audience => {
    const expected = Buffer.from(sign(secret, { liveId, audience, expSec }))
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
}

/**
 * The VOD playlist of a replay (RFC 8216): its pieces as they were recorded, wherever they lie now. Who
 * has an address keeps watching when the show goes on. Throws `recording.not_found` without a good
 * address, and when the replay is gone or hidden by now.
 */
export async function playlist(
  needs: RecordingNeeds,
  { id: liveId, t, host }: { id: Id; t: string; host: string },
): Promise<{ bytes: Uint8Array; contentType: string }> {
  const { db } = needs.database
  const audience = audienceOf(needs, { liveId, token: t })
  if (!audience) throw fail('recording.not_found')
  const [facts, row] = await Promise.all([needs.live.facts(db, liveId), store.byId(db, liveId)])
  if (!facts || !row?.folder || row.state === 'expired' || !isShownTo(audience, facts, row))
    throw fail('recording.not_found')
  const pieces = await store.piecesOf(db, liveId)
  const urlOf = addressBook(needs, { host, expiresAt: goodFor(needs, pieceMs) })
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
