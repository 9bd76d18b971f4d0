import { once } from 'node:events'
import { createServer } from 'node:http'
import { makeClip } from '@kaibo/media/testing/clip'
import { afterAll, expect, test } from 'vitest'
import { pictureOf } from './picture.ts'

/** As servers of HTTP-FLV do: from the newest key frame on, and then as slowly as time goes by. */
const film = makeClip({ seconds: 2, size: '640x360' })
const server = createServer((request, response) => {
  if (request.url !== '/live/show.flv') return response.writeHead(403).end()
  // Never ended: a live stream has no end.
  return response.writeHead(200, { 'content-type': 'video/x-flv' }).write(film)
}).listen(0, '127.0.0.1')
await once(server, 'listening')
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
const address = server.address()
const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`

test('the first picture of a stream without end becomes a JPEG', async () => {
  const jpeg = await pictureOf(`${origin}/live/show.flv`)
  expect(
    Buffer.from(jpeg ?? [])
      .subarray(0, 3)
      .toString('hex'),
  ).toBe('ffd8ff')
})

test('an address that is refused, or a server that is not there, has no picture', async () => {
  expect(await pictureOf(`${origin}/live/other.flv`)).toBeNull()
  expect(await pictureOf('http://127.0.0.1:1/live/show.flv')).toBeNull()
})
