import { randomBytes, randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { ffmpegChildren } from '@kaibo/media/testing/children'
import { makeTags } from '@kaibo/media/testing/clip'
import { createTestHub, until } from '@kaibo/media/testing/ingest'
import {
  createRtcOffer,
  postOffer,
  publishRtc,
  sendPacket,
} from '@kaibo/media/testing/rtc-publisher'
import pino from 'pino'
import { afterEach, expect, test, vi } from 'vitest'
import { createMediaHttp } from '../http.ts'
import { createPublishGate } from './gate.ts'
import { createWhipPart } from './whip-part.ts'

// Anything thrown where nobody listens fails these tests by itself: vitest reports it.

/** Nothing waits this long but where it would fail anyway. */
const DEADLINE_MS = 60_000
vi.setConfig({ testTimeout: 3 * DEADLINE_MS })

const exits: (() => unknown)[] = []
afterEach(async () => {
  for (const exit of exits.splice(0).reverse()) await exit()
})

const start = async () => {
  const { hub } = createTestHub(10_000)
  const whip = createWhipPart({
    hub,
    gate: createPublishGate(async key => ({ ok: true, streamId: key.slice(4) })),
    settings: { udpPorts: undefined, publicAddress: undefined },
    iceLinks: () => undefined,
    onRefused: () => {},
  })
  const server = createMediaHttp(
    { routes: whip.routes ?? [], sockets: [] },
    pino({ enabled: false }),
  )
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  exits.push(
    () => server.close(),
    () => whip.stop?.(),
  )
  const address = server.address()
  return { hub, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/whip` }
}

/** The offer with a few of its characters changed, cut out or doubled. */
const damage = (sdp: string): string => {
  let text = sdp
  for (let wound = randomInt(1, 6); wound > 0; wound--) {
    const at = randomInt(text.length)
    const piece = text.slice(at, at + randomInt(1, 200))
    const instead = ['', piece + piece, randomBytes(8).toString('latin1'), '\r\n'][randomInt(4)]
    text = text.slice(0, at) + instead + text.slice(at + piece.length)
  }
  return text
}

test('two hundred damaged offers end in an answer or a code, and leave nothing behind', async () => {
  const { hub, url } = await start()
  const { peer, sdp } = await createRtcOffer()
  exits.push(() => peer.close())
  const seen = new Set<number>()
  for (let count = 0; count < 200; count++) {
    const body = count % 10 === 0 ? randomBytes(500) : damage(sdp)
    const response = await postOffer({ url, key: `key-${count}` }, body)
    seen.add(response.status)
    const location = response.headers.get('location')
    if (location) await fetch(new URL(location, url), { method: 'DELETE' })
    await response.arrayBuffer()
  }
  expect([...seen].every(status => [201, 400, 406].includes(status))).toBe(true)
  expect(seen.has(400)).toBe(true)
  expect(hub.list()).toEqual([])
  expect((await postOffer({ url, key: 'key-ok' }, 'x'.repeat(70_000))).status).toBe(400)
  const plain = await postOffer({ url, key: 'key-ok' }, sdp, { 'content-type': 'text/plain' })
  expect(plain.status).toBe(400)
})

test('codec refused: a browser that offers no H.264 is told so, and nothing is created', async () => {
  const { hub, url } = await start()
  const { peer, sdp } = await createRtcOffer()
  exits.push(() => peer.close())
  const offer = sdp.replace('H264/90000', 'VP8/90000').replace(/a=fmtp:.*\r\n/g, '')
  const response = await postOffer({ url, key: 'key-show' }, offer)
  expect([response.status, await response.json()]).toEqual([
    406,
    { code: 'codec.video_unsupported' },
  ])
  expect(hub.list()).toEqual([])
})

test('strangers that send to the port of a publisher do not disturb it', async () => {
  const { hub, url } = await start()
  const publisher = await publishRtc({ url, key: 'key-show', tags: makeTags({ seconds: 2 }) })
  exits.push(publisher.stop)
  await until(() => hub.find('show')?.state === 'live', DEADLINE_MS)
  const answer = publisher.peer.remoteDescription?.sdp ?? ''
  const [, ip = '', port] =
    /a=candidate:\S+ 1 udp \d+ (\d+\.\d+\.\d+\.\d+) (\d+) /i.exec(answer) ?? []
  const socket = createSocket('udp4')
  exits.push(() => socket.close())
  // What RTP, RTCP, STUN and DTLS begin with, and what nothing begins with.
  const firsts = [0x80, 0x81, 0x00, 0x01, 0x14, 0x16, 0x17, 0x40, 0xff]
  for (let count = 0; count < 900; count++) {
    const bytes = randomBytes(randomInt(1, 400))
    bytes[0] = firsts[count % firsts.length] ?? 0
    if (count % 3 === 0 && bytes.length > 20) bytes.writeUInt32BE(0x2112a442, 4)
    await new Promise(resolve => socket.send(bytes, Number(port), ip, resolve))
  }
  const before = hub.find('show')?.flv.gop.keyFrame
  await until(() => hub.find('show')?.flv.gop.keyFrame !== before, DEADLINE_MS)
  expect(hub.find('show')?.state).toBe('live')
})

test('a publisher that sends nonsense is cut, and its encoder goes with it', async () => {
  const { hub, url } = await start()
  const { peer, video, audio, sdp } = await createRtcOffer()
  exits.push(() => peer.close())
  const response = await postOffer({ url, key: 'key-show' }, sdp)
  await peer.setRemoteDescription({ type: 'answer', sdp: await response.text() })
  await until(() => peer.connectionState === 'connected', DEADLINE_MS)
  const location = new URL(response.headers.get('location') ?? '', url)
  // A burst may be lost on its way, so it goes on until the answer is there.
  const codeAfterBurst = async () => {
    for (let count = 0; count < 100; count++) {
      sendPacket(count % 2 === 0 ? video : audio, {
        sequenceNumber: randomInt(0x10000),
        timestamp: randomInt(2 ** 32),
        payload: randomBytes(randomInt(1, 900)),
      })
    }
    return (await fetch(location)).text()
  }
  await expect.poll(codeAfterBurst, { timeout: DEADLINE_MS }).toBe('{"code":"rtp_broken"}')
  await until(() => hub.find('show')?.state !== 'live', DEADLINE_MS)
  await expect.poll(ffmpegChildren, { timeout: DEADLINE_MS }).toEqual([])
})
