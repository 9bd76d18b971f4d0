import type { Hub } from '@kaibo/media/hub/hub'
import type { PacketConsumer } from '@kaibo/media/hub/packet'
import { Ladder, type LadderChange } from '@kaibo/media/ladder/ladder'
import type { LadderOption } from '@kaibo/media/ladder/rungs'
import type { LadderSlots } from '@kaibo/media/ladder/slots'
import type { PlaylistWish } from '@kaibo/media/llhls/origin'
import { type Exchange, reply } from '../http-reply.ts'
import { counter, gauge } from '../metrics.ts'
import type { HttpRoute, MediaPart } from '../part.ts'
import { type PlayGate, refuseViewer } from './gate.ts'
import { createHlsShow, type HlsShow } from './hls-show.ts'

export type HlsNeeds = {
  readonly hub: Pick<Hub, 'find'>
  readonly gate: PlayGate
  readonly slots: LadderSlots
  /** The variants that the app server wants for a stream. */
  ladderOf(streamId: string): LadderOption | undefined
  onLadder(change: { streamId: string; change: LadderChange }): void
}

const MASTER = /^\/live\/([A-Za-z0-9_-]{1,64})\/index\.m3u8$/
const PLAIN = /^\/live\/([A-Za-z0-9_-]{1,64})\/hls\.m3u8$/
/** With this in its query a variant is plain HLS too. */
const PLAIN_WISH = 'plain'
const VARIANT = /^\/live\/([A-Za-z0-9_-]{1,64})\/(source|480p|360p)\.m3u8$/
/** What the addresses in a multivariant playlist are asked with, as it was itself. */
const PASSED: ReadonlySet<string> = new Set(['t', 'v', PLAIN_WISH])
const FILE = /^\/live\/([A-Za-z0-9_-]{1,64})\/([A-Za-z0-9_-]{1,64})\/([a-z0-9.]{1,32})$/
/** Players still fetch the end of a stream after it: the last segments and the closing playlist. */
const ENDED_KEPT_MS = 30_000

type Seat = {
  readonly show: HlsShow
  readonly hasLadder: boolean
  /** What was there until this one began, for who is still at its end. */
  former?: HlsShow | undefined
  /** Runs when the stream is over. */
  forgetting?: NodeJS.Timeout
}

/**
 * LL-HLS, plain HLS for players that know no better, and the files that both name. A stream with a
 * ladder has multivariant playlists from its first moment, because a player takes an address for
 * one kind of playlist or the other and never asks again.
 */
export const createHlsPart = (needs: HlsNeeds): MediaPart => {
  const { hub, gate, slots } = needs
  const seats = new Map<string, Seat>()
  const ladderChanges = new Map<LadderChange, number>()

  const open = (streamId: string): PacketConsumer[] => {
    const show = createHlsShow()
    const option = needs.ladderOf(streamId)
    const before = seats.get(streamId)
    const seat: Seat = { show, hasLadder: option !== undefined, former: before?.show }
    clearTimeout(before?.forgetting)
    setTimeout(() => delete seat.former, ENDED_KEPT_MS).unref()
    seats.set(streamId, seat)
    const { packager } = show.source
    const end = () => {
      packager.end()
      seat.forgetting = setTimeout(() => seats.delete(streamId), ENDED_KEPT_MS).unref()
    }
    const source = { handlePacket: packager.handlePacket.bind(packager), end }
    return option === undefined ? [source] : [source, createLadder({ streamId, show, option })]
  }

  const createLadder = (of: { streamId: string; show: HlsShow; option: LadderOption }): Ladder => {
    const { streamId, show, option } = of
    return new Ladder({
      option,
      slots,
      newestGroup: () => hub.find(streamId)?.flv.newestGroup() ?? [],
      openRung: show.openRung,
      closeRungs: show.closeRungs,
      onChange(change) {
        ladderChanges.set(change, (ladderChanges.get(change) ?? 0) + 1)
        needs.onLadder({ streamId, change })
      },
    })
  }

  const master = ({ show }: Seat, { streamId, query }: Pick<Asked, 'streamId' | 'query'>) => {
    const { bitrateBps = 0 } = hub.find(streamId)?.meter.read(performance.now()) ?? {}
    return show.master({ query: passedOn(query), bitrateBps })
  }

  const media = async ({ show }: Seat, { name, query }: Asked) => {
    if (query.has(PLAIN_WISH)) return show.findOrigin(name)?.plainPlaylist()
    const wish = readWish(query)
    if (wish === undefined) return 'refused'
    const playlist = await show.findOrigin(name)?.playlist(wish)
    const isPlaylist = playlist !== undefined && playlist !== 'refused'
    return isPlaylist ? playlist + show.reports(name, passedOn(query)) : playlist
  }

  const masterOrSource = async (seat: Seat, asked: Asked) =>
    seat.hasLadder ? master(seat, asked) : media(seat, asked)

  /** A playlist's route: admission first, then whatever `write` makes of the stream. */
  const playlistRoute = (
    path: RegExp,
    write: (seat: Seat, asked: Asked) => Promise<string | undefined>,
  ): HttpRoute => ({
    path,
    methods: ['GET', 'HEAD'],
    async handle(exchange) {
      const [, streamId = '', name = 'source'] = path.exec(exchange.path) ?? []
      const admission = gate.admitsPoll(streamId, exchange)
      if (admission !== 'ok') return refuseViewer(exchange.response, admission)
      const seat = seats.get(streamId)
      const asked = { streamId, name, query: exchange.query }
      replyPlaylist(exchange.response, seat && (await write(seat, asked)))
    },
  })

  const file = async ({ response, path }: Exchange): Promise<void> => {
    const [, streamId = '', folder = '', name = ''] = FILE.exec(path) ?? []
    const { show, former } = seats.get(streamId) ?? {}
    const origin = show?.findFolder(folder) ?? former?.findFolder(folder)
    const body = await origin?.file(name)
    if (body === undefined) return reply(response, { status: 404 })
    const cacheControl = 'public, max-age=3600, immutable'
    return reply(response, { status: 200, type: 'video/mp4', cacheControl, body })
  }

  return {
    routes: [
      playlistRoute(MASTER, masterOrSource),
      playlistRoute(PLAIN, (seat, asked) => {
        asked.query.set(PLAIN_WISH, '1')
        return masterOrSource(seat, asked)
      }),
      playlistRoute(VARIANT, media),
      { path: FILE, methods: ['GET', 'HEAD'], handle: file },
    ],
    createConsumers: open,
    viewerCount: (streamId, kind) => (kind === 'hls' ? gate.pollerCount(streamId) : 0),
    samples: () => [
      gauge('ladder_slots_used', 'Slots of encoders that run.', slots.usedCount),
      ...(['crashed', 'given_back', 'given_up'] as const).map(change =>
        counter(
          `ladder_${change}_total`,
          `Encoders that were ${change.replace('_', ' ')}.`,
          ladderChanges.get(change) ?? 0,
        ),
      ),
    ],
  }
}

type Asked = { readonly streamId: string; readonly name: string; readonly query: URLSearchParams }

const passedOn = (query: URLSearchParams): string =>
  new URLSearchParams([...query].filter(([name]) => PASSED.has(name))).toString()

const replyPlaylist = (response: Exchange['response'], body: string | undefined): void => {
  const type = 'application/vnd.apple.mpegurl'
  const found = { status: 200, type, cacheControl: 'no-cache', isText: true }
  const isRefused = body === 'refused'
  if (isRefused) reply(response, { status: 400 })
  else reply(response, body === undefined ? { status: 404 } : { ...found, body })
}

/** `_HLS_msn` and `_HLS_part`; undefined when they are not numbers. */
const readWish = (query: URLSearchParams): PlaylistWish | undefined => {
  const read = (name: string) => {
    const text = query.get(name)
    return text === null ? undefined : /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  }
  const [sequence, part] = [read('_HLS_msn'), read('_HLS_part')]
  if (Number.isNaN(sequence) || Number.isNaN(part)) return undefined
  return {
    ...(sequence === undefined ? {} : { sequence }),
    ...(part === undefined ? {} : { part }),
  }
}
