import type { Packet, PacketConsumer } from '@kaibo/media/hub/packet'
import { makeTags } from '@kaibo/media/testing/clip'
import { createTestHub } from '@kaibo/media/testing/ingest'
import { expect, test } from 'vitest'
import { createHlsShow } from './hls-show.ts'

const rung = { name: '360p', width: 640, height: 360, fps: undefined, videoKbps: 600 } as const

/** What a hub makes of a film of eight seconds. */
const packets = ((): Packet[] => {
  const { hub } = createTestHub()
  const sink = hub.attach('show', { cut: () => {} })
  const seen: Packet[] = []
  hub.find('show')?.join({ handlePacket: packet => seen.push(packet), end: () => {} })
  if ('refused' in sink) throw new Error(sink.refused)
  for (const { type, timestampMs, payload } of makeTags({ seconds: 8 })) {
    sink.handleMessage({ typeId: type, timestampMs, payload })
  }
  return seen
})()

const HALF = packets.length / 2

const feed = (consumer: PacketConsumer, some = packets) => {
  for (const packet of some) consumer.handlePacket(packet)
}

test('a variant is there while it is made, and not known before and after', () => {
  const show = createHlsShow()
  feed(show.source.packager)
  expect(show.findOrigin('360p')).toBeUndefined()
  feed(show.openRung(rung))
  const folder = show.findOrigin('360p')?.folder ?? ''
  expect(show.findFolder(folder)).toBeDefined()
  expect(show.findFolder('guessed')).toBeUndefined()
  show.closeRungs()
  expect(show.findOrigin('360p')).toBeUndefined()
})

test('an encoder that was started again never tells another file under a number that was told', () => {
  const show = createHlsShow()
  feed(show.source.packager, packets.slice(0, HALF))
  feed(show.openRung(rung), packets.slice(0, HALF))
  const former = show.findOrigin('360p')
  const told = former?.newestSequence ?? -1
  const again = show.openRung(rung)
  feed(again, packets.slice(0, HALF))
  expect(show.findOrigin('360p')).toBe(former)
  feed(show.source.packager, packets.slice(HALF))
  feed(again, packets.slice(HALF))
  const next = show.findOrigin('360p')
  expect(next).not.toBe(former)
  expect(next?.segmentAt(Infinity)?.sequence).toBeGreaterThan(told)
  expect(next?.segmentAt(told * 1_000)).toBeUndefined()
  expect(show.findFolder(former?.folder ?? '')).toBe(former)
})

test('the source is offered first and as the best, whatever its bitrate is measured at', () => {
  const show = createHlsShow()
  feed(show.source.packager)
  show.openRung(rung)
  const text = show.master({ query: 't=x', bitrateBps: 1_000 })
  const bandwidths = [...text.matchAll(/BANDWIDTH=(\d+)/g)].map(([, bps]) => Number(bps))
  expect(bandwidths[0]).toBeGreaterThan(bandwidths[1] ?? Infinity)
  const codecs = [...text.matchAll(/CODECS="([^"]+)"/g)].map(([, names]) => names)
  expect(codecs).toEqual([codecs[0], codecs[0]])
  expect(text).toContain('\nsource.m3u8?t=x\n')
  expect(text).toContain('\n360p.m3u8?t=x\n')
})

test('a playlist tells how far the others are, by the addresses of the multivariant one', async () => {
  const show = createHlsShow()
  feed(show.source.packager)
  expect(show.reports('source', 't=x')).toBe('')
  const variant = show.openRung(rung)
  expect(show.reports('source', 't=x')).toBe('')
  feed(variant)
  const [, address = ''] =
    /\n(360p\.m3u8\S+)/.exec(show.master({ query: 't=x', bitrateBps: 0 })) ?? []
  const playlist = await show.findOrigin('360p')?.playlist({})
  const [, sequence, part] =
    /p(\d+)\.(\d+)\.m4s"[^\n]*(?:\n#EXTINF[^\n]*\n[^\n]*)?\n#EXT-X-PRELOAD/.exec(
      String(playlist),
    ) ?? []
  expect(show.reports('source', 't=x')).toBe(
    `#EXT-X-RENDITION-REPORT:URI="${address}",LAST-MSN=${sequence},LAST-PART=${part}\n`,
  )
  expect(show.reports('360p', 't=x')).toContain('URI="source.m3u8?t=x",LAST-MSN=')
  show.source.packager.end()
  expect(show.reports('360p', 't=x')).toBe('')
})
