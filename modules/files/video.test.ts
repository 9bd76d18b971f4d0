import { testDatabase } from '@kaibo/testkit/database'
import { ctxOf, memoryStorage, userActor, visitor } from '@kaibo/testkit/people'
import { expect, test } from 'vitest'
import { createFiles } from './index.ts'

const { database } = await testDatabase()
const { handlers, requireFiles, requireVideos } = createFiles({
  database,
  storage: memoryStorage(),
})
const somebody = ctxOf(userActor())

const box = (type: string, content: Uint8Array | string = '') => {
  const body = Buffer.from(content)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + body.length)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, body])
}
const ftyp = box('ftyp', 'isom\0\0\0\0isom')
const film = Buffer.concat([ftyp, box('moov', '0123456789'), box('mdat', 'pictures')])
const webm = Buffer.concat([
  Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84]),
  Buffer.from('webm'),
  Buffer.from([0x18, 0x53, 0x80, 0x67, 0x80]),
])
const upload = (bytes: Uint8Array) =>
  handlers.uploadVideo(somebody, { bytes, contentType: 'text/html' })

test.each([
  ['video/mp4', film],
  ['video/webm', webm],
])('a video is known by its bytes: %s', async (contentType, bytes) => {
  const stored = await upload(bytes)
  expect(stored).toMatchObject({ contentType, bytes: bytes.length })
  expect(await handlers.read(ctxOf(visitor), { id: stored.id })).toEqual({ contentType, bytes })
  expect((await upload(bytes)).id).toBe(stored.id)
  await requireVideos(database.db, [stored.id])
  // A video is no picture.
  await expect(requireFiles(database.db, [stored.id])).rejects.toMatchObject({
    code: 'file.not_found',
  })
})

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a page', Buffer.from('<html><script>alert(1)</script></html>')],
  ['a film that is cut short', film.subarray(0, film.length - 3)],
  ['a film with a page behind it', Buffer.concat([film, Buffer.from('<script>alert(1)</script>')])],
  ['a film without pictures', Buffer.concat([ftyp, box('moov', '0123456789')])],
  ['boxes of a picture', Buffer.concat([box('ftyp', 'heic\0\0\0\0'), box('mdat', 'x')])],
  [
    'Matroska that is no WebM',
    Buffer.from(webm.toString('latin1').replace('webm', 'mkvv'), 'latin1'),
  ],
])('%s is no video', async (_, bytes) => {
  await expect(upload(bytes)).rejects.toMatchObject({ code: 'file.not_a_video' })
})

test('a video larger than the limit is refused', async () => {
  await expect(upload(new Uint8Array(32 * 1024 * 1024 + 1))).rejects.toMatchObject({
    code: 'request.too_large',
  })
})
