import { readFile } from 'node:fs/promises'
import { crc32, deflateSync } from 'node:zlib'
import { newId } from '@kaibo/kernel/ids'
import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, memoryStorage, userActor, visitor } from '@kaibo/testkit/people'
import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { createFiles } from './index.ts'

const { database } = await testDatabase()
const storage = memoryStorage()
const files = createFiles({ database, storage })
const someone = userActor()
const upload = (bytes: Uint8Array) =>
  files.handlers.upload(ctxOf(someone), { bytes, contentType: 'text/html' })
const read = (id: string) => files.handlers.read(ctxOf(visitor), { id })

const chunk = (type: string, data: Buffer) => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

function png(widthPx: number, heightPx: number, shade = 0): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0])
  header.writeUInt32BE(widthPx, 0)
  header.writeUInt32BE(heightPx, 4)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from([0, shade]))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const segment = (marker: number, data: readonly number[]) =>
  Buffer.from([0xff, marker, 0, data.length + 2, ...data])

/** A JPEG as far as its structure goes: two scans, stuffed bytes and a restart marker. */
const jpeg = (widthPx: number, heightPx: number) =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, [...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    segment(0xc2, [8, heightPx >> 8, heightPx & 255, widthPx >> 8, widthPx & 255, 1, 1, 17, 0]),
    segment(0xda, [1, 1, 0, 0, 63, 0]),
    Buffer.from([1, 2, 0xff, 0x00, 3, 0xff, 0xd0, 4]),
    segment(0xda, [1, 1, 0, 0, 63, 0]),
    Buffer.from([5, 6, 0xff, 0xd9]),
  ])

const webp = (chunks: Buffer) => {
  const head = Buffer.from('RIFF____WEBP', 'latin1')
  head.writeUInt32LE(chunks.length + 4, 4)
  return Buffer.concat([head, chunks])
}
const riffChunk = (type: string, data: readonly number[]) => {
  const head = Buffer.from(`${type}____`, 'latin1')
  head.writeUInt32LE(data.length, 4)
  return Buffer.concat([head, Buffer.from(data), Buffer.alloc(data.length % 2)])
}
const lossy = [0, 0, 0, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xf0, 0x00, 7, 7]
const lossless = [0x2f, 0x3f, 0xc1, 0x3b, 0, 7, 7, 7, 7, 7]

describe('pictures', () => {
  test.each([
    ['PNG', png(3, 2), 'image/png', 3, 2],
    ['JPEG', jpeg(640, 480), 'image/jpeg', 640, 480],
    ['lossy WebP', webp(riffChunk('VP8 ', lossy)), 'image/webp', 320, 240],
    ['lossless WebP', webp(riffChunk('VP8L', lossless)), 'image/webp', 320, 240],
    [
      'extended WebP',
      webp(
        Buffer.concat([
          riffChunk('VP8X', [0, 0, 0, 0, 0x3f, 1, 0, 0xef, 0, 0]),
          riffChunk('VP8 ', lossy),
        ]),
      ),
      'image/webp',
      320,
      240,
    ],
  ])('a %s is kept with its size and served as what it is', async (_name, bytes, ...facts) => {
    const [contentType, widthPx, heightPx] = facts
    const stored = await upload(bytes)
    expect(stored).toMatchObject({ contentType, widthPx, heightPx, bytes: bytes.length })
    expect(stored.url).toBe(`/api/files/${stored.id}`)
    expect(await read(stored.id)).toEqual({ bytes, contentType })
  })

  test('a real picture from the demo shop is accepted', async () => {
    const cover = new URL('../../apps/server/demo/covers/tea-night.webp', import.meta.url)
    const stored = await upload(await readFile(cover))
    expect(stored.contentType).toBe('image/webp')
    expect(stored.widthPx).toBeGreaterThan(100)
  })

  test('the same picture is stored once, also when it arrives twice at once', async () => {
    const bytes = png(5, 5, 9)
    const objectsBefore = storage.objects.size
    const stored = await Promise.all([upload(bytes), upload(bytes), files.store(null, { bytes })])
    expect(new Set(stored.map(file => file.id)).size).toBe(1)
    expect(storage.objects.size - objectsBefore).toBe(1)
  })

  test('what a camera appends to a JPEG is cut off', async () => {
    const picture = jpeg(64, 48)
    const motionClip = Buffer.from('\0\0\0\x18ftypmp42 clip with a place in it', 'latin1')
    const stored = await upload(Buffer.concat([picture, motionClip]))
    expect(await read(stored.id)).toEqual({ bytes: picture, contentType: 'image/jpeg' })
  })
})

describe('what is refused', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  const brokenCrc = png(3, 2)
  brokenCrc[40] = 0xaa
  test.each([
    ['nothing', Buffer.alloc(0)],
    ['an SVG', Buffer.from(svg)],
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a GIF', Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1')],
    ['a PNG followed by a page', Buffer.concat([png(3, 2), Buffer.from(svg)])],
    ['a JPEG followed by an archive', Buffer.concat([jpeg(3, 2), Buffer.from('PK\x03\x04 zip')])],
    [
      'a WebP followed by a script',
      Buffer.concat([webp(riffChunk('VP8 ', lossy)), Buffer.from(svg)]),
    ],
    ['a PNG head before a script', Buffer.concat([png(3, 2).subarray(0, 33), Buffer.from(svg)])],
    ['a PNG with a wrong checksum', brokenCrc],
    ['a PNG without pixels', png(0, 2)],
    ['a JPEG head before HTML', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(svg)])],
    ['a WebP of an unknown chunk', webp(riffChunk('EVIL', lossy))],
  ])('%s', async (_name, bytes) => {
    await expect(upload(bytes)).rejects.toThrow('file.not_a_picture')
  })

  test('every picture that was cut short', async () => {
    const wholes = [png(3, 2), jpeg(64, 48), webp(riffChunk('VP8L', lossless))]
    for (const whole of wholes) {
      for (let length = 0; length < whole.length; length++) {
        await expect(upload(whole.subarray(0, length))).rejects.toThrow('file.not_a_picture')
      }
    }
  })

  test('random and mangled bytes, without an unexpected error', async () => {
    const wholes = [png(3, 2), jpeg(64, 48), webp(riffChunk('VP8X', lossless))]
    const mangled = fc
      .tuple(
        fc.constantFrom(...wholes),
        fc.array(fc.tuple(fc.nat(80), fc.nat(255)), { maxLength: 6 }),
      )
      .map(([whole, edits]) => {
        const bytes = Buffer.from(whole)
        for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value
        return bytes
      })
    const isExpected = (error: unknown) =>
      error instanceof Error && error.message.startsWith('file.')
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 200 }), mangled), async bytes =>
        upload(bytes).then(
          () => true,
          (error: unknown) => isExpected(error),
        ),
      ),
      { numRuns: 500 },
    )
  })

  test('more than five mebibytes', async () => {
    await expect(upload(new Uint8Array(5 * 1024 * 1024 + 1))).rejects.toThrow('request.too_large')
  })

  test('more than forty megapixels, however few bytes they take', async () => {
    await expect(upload(png(8_000, 5_001))).rejects.toThrow('file.too_many_pixels')
    expect((await upload(png(8_000, 5_000))).widthPx).toBe(8_000)
  })

  test('uploads of visitors', async () => {
    const call = files.handlers.upload(ctxOf(visitor), {
      bytes: png(3, 2),
      contentType: 'image/png',
    })
    await expect(call).rejects.toThrow('auth.required')
  })
})

describe('looking files up', () => {
  test('an unknown file is not found', async () => {
    await expect(read(newId())).rejects.toThrow('file.not_found')
  })

  test('a file whose bytes are gone is not found', async () => {
    const stored = await upload(png(7, 7, 7))
    storage.objects.clear()
    await expect(read(stored.id)).rejects.toThrow('file.not_found')
    await upload(png(7, 7, 7))
    await expect(read(stored.id)).resolves.toMatchObject({ contentType: 'image/png' })
  })

  test('others can require that files exist, all of them', async () => {
    const { id } = await upload(png(2, 2))
    await files.requireFiles(database.db, [])
    await files.requireFiles(database.db, [id, id])
    await expect(files.requireFiles(database.db, [id, newId()])).rejects.toThrow('file.not_found')
  })

  test('the database itself refuses a second row of the same content', async () => {
    const { rows } =
      await sql`select sha256 from files_picture group by 1 having count(*) > 1`.execute(
        database.db,
      )
    expect(rows).toEqual([])
  })
})
