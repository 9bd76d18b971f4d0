import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { must } from '@kaibo/kernel/invariant'
import type { PacketConsumer } from '@kaibo/media/hub/packet'
import { type OpenPiece, openPieceFile } from '@kaibo/media/record/piece-writer'
import { createShelf } from '@kaibo/media/record/shelf'
import { makePackets } from '@kaibo/media/testing/clip'
import { afterAll, expect, test } from 'vitest'
import { createRecordings } from './recordings.ts'

const directory = await mkdtemp(join(tmpdir(), 'kaibo-recordings-'))
afterAll(() => rm(directory, { recursive: true }))

const seconds = 3
const packets = makePackets({ seconds })

/** A whole stream at once. */
function feed(consumer: PacketConsumer): void {
  for (const packet of packets) consumer.handlePacket(packet)
  consumer.end()
}

test('a stream that goes on before its last piece is written has one row of pieces, in a folder that stays open', async () => {
  const shelf = createShelf(directory)
  await shelf.repair()
  const disk = Promise.withResolvers<void>()
  const openPiece: OpenPiece = async path => {
    const handle = await openPieceFile(path)
    return { ...handle, sync: () => disk.promise.then(handle.sync) }
  }
  const told: number[] = []
  const recordings = createRecordings({
    shelf,
    openPiece,
    disk: { disk: { state: 'ok', freeBytes: 1, totalBytes: 1 }, check: async () => {} },
    onPiece: (_streamId, { number }) => told.push(number),
    onFailure: (_streamId, code) => told.push(Number(code)),
  })
  feed(recordings.begin('show'))
  await expect.poll(() => shelf.find('show')).toMatchObject({ isOpen: true, pieces: [] })
  feed(recordings.begin('show'))
  disk.resolve()
  await expect.poll(() => shelf.find('show')).toMatchObject({ isOpen: false })
  const { pieces } = must(await shelf.find('show'), 'a folder')
  expect(told).toEqual(pieces.map((_piece, number) => number))
  const lengthMs = pieces.reduce((sum, { durationMs }) => sum + durationMs, 0)
  expect(Math.round(lengthMs / 1_000)).toBe(2 * seconds)
  await expect.poll(() => recordings.activeCount).toBe(0)
})
