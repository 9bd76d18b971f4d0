import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { createMediaControl } from '@kaibo/media/control-client'
import { readTags } from '@kaibo/media/flv/tag'
import { signPlay } from '@kaibo/media/play-token'
import { openPublication, type RtmpPublication } from '@kaibo/media/rtmp/client'
import { makeClip } from '@kaibo/media/testing/clip'
import { until } from '@kaibo/media/testing/ingest'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'

const SECRET = 'a-secret-of-the-test'
const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))
const tags = [...readTags(makeClip({ seconds: 3 }))]
const largeTags = [...readTags(makeClip({ seconds: 3, size: '640x480' }))]

type AppEvent = { id: string; streamId: string; type: string; reason?: string }

/** A stand-in for the app server that can be told to fail. */
const app = { events: [] as AppEvent[], isDown: false, keys: [] as string[] }

const appServer: Server = createServer(async (request, response) => {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  const body = JSON.parse(Buffer.concat(pieces).toString())
  const isAllowed = request.headers.authorization === `Bearer ${SECRET}`
  if (!isAllowed || app.isDown) return response.writeHead(500).end()
  response.setHeader('content-type', 'application/json')
  if (request.url === '/internal/media/events') {
    app.events.push(...body.events)
    return response.end('{}')
  }
  app.keys.push(body.key)
  const isKnown = body.key.startsWith('sk_')
  const isOld = body.key.startsWith('old_')
  const answer = isKnown
    ? { ok: true, streamId: body.key.slice(3), ladder: body.key.slice(3).split('-')[1] }
    : { ok: false, reason: 'key_unknown', ...(isOld && { streamId: body.key.slice(4) }) }
  response.end(JSON.stringify(answer))
})

type Media = {
  child: ChildProcess
  http: string
  rtmpPort: number
  httpPort: number
  log(): string
}

const appUrl = (): string => {
  const address = appServer.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
}

const spawnMedia = (env: Record<string, string> = {}): ChildProcess =>
  spawn(process.execPath, [MAIN], {
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      KAIBO_MEDIA_SECRET: SECRET,
      KAIBO_MEDIA_PORT: '0',
      RTMP_PORT: '0',
      KAIBO_MEDIA_BIND: '127.0.0.1',
      KAIBO_APP_URL: appUrl(),
      // However slow the machine is that runs the tests, it is not overloaded.
      KAIBO_MEDIA_LAG_MAX_MS: '60000',
      ...env,
    },
  })

const startMedia = async (env?: Record<string, string>): Promise<Media> => {
  const child = spawnMedia(env)
  let log = ''
  child.stdout?.on('data', piece => {
    log += piece
  })
  child.stderr?.on('data', piece => {
    log += piece
  })
  const [ready] = await once(child, 'message')
  const { httpPort, rtmpPort } = ready
  return { child, http: `http://127.0.0.1:${httpPort}`, httpPort, rtmpPort, log: () => log }
}

let media: Media
let control: ReturnType<typeof createMediaControl>

beforeAll(async () => {
  appServer.listen(0, '127.0.0.1')
  await once(appServer, 'listening')
  media = await startMedia({ KAIBO_AWAY_GRACE_SEC: '1' })
  control = createMediaControl({ baseUrl: media.http, secret: SECRET })
})

afterAll(async () => {
  media.child.kill('SIGTERM')
  await once(media.child, 'exit')
  appServer.closeAllConnections()
  appServer.close()
})

/** A stream whose name ends in `-light` or `-full` gets that ladder. */
const publish = async (streamId: string, at = media, film = tags): Promise<RtmpPublication> => {
  const publication = await openPublication(`rtmp://127.0.0.1:${at.rtmpPort}/live/sk_${streamId}`)
  for (const { type, timestampMs, payload } of film) {
    if (type !== 18) publication.send({ typeId: type, timestampMs, payload })
  }
  await until(() => typesOf(streamId).includes('publish_start'))
  return publication
}

/** What became of a stream, in order; files of its recording are told besides. */
const typesOf = (streamId: string): string[] =>
  app.events
    .filter(event => event.streamId === streamId && event.type !== 'recorded')
    .map(({ type }) => type)

const tokenFor = (streamId: string, ttlSec = 60): string =>
  signPlay(SECRET, { streamId, expSec: Math.floor(Date.now() / 1000) + ttlSec })

const play = (path: string, token: string) => fetch(`${media.http}/live/${path}?t=${token}`)

test('a stream is played, listed and pictured while it is live', async () => {
  const publication = await publish('show')
  const flv = await play('show.flv', tokenFor('show'))
  expect(flv.headers.get('content-type')).toBe('video/x-flv')
  expect(flv.headers.get('access-control-allow-origin')).toBe('*')
  const first = await flv.body?.getReader().read()
  expect(Buffer.from(first?.value ?? []).toString('latin1', 0, 3)).toBe('FLV')
  const playlist = await (await play('show/index.m3u8', tokenFor('show'))).text()
  const [, file = ''] = /\n([^#\n]+\.m4s)/.exec(playlist) ?? []
  const segment = await play(`show/${file}`, '')
  expect(segment.headers.get('cache-control')).toContain('immutable')
  expect((await segment.arrayBuffer()).byteLength).toBeGreaterThan(1_000)
  const [state] = await control.streams()
  expect(state).toMatchObject({
    streamId: 'show',
    state: 'live',
    viewers: { flv: 1, hls: 1, whep: 0 },
  })
  expect(state?.keyFrameGapMs).toBe(1_000)
  expect(state?.codec).toMatch(/^avc1\..*mp4a\.40\.2$/)
  const jpeg = await control.snapshot('show')
  expect(Buffer.from(jpeg ?? []).toString('hex', 0, 3)).toBe('ffd8ff')
  const metrics = await (await fetch(`${media.http}/metrics`)).text()
  expect(metrics).toContain('kaibo_media_streams 1')
  expect(metrics).toContain('kaibo_media_key_frame_gap_seconds_max 1\n')
  expect(await control.end('show')).toBe(true)
  await publication.closed
})

test('the same pictures come over a WebSocket, and end with the stream', async () => {
  const publication = await publish('socket')
  const socket = new WebSocket(`${media.http}/live/socket.flv?t=${tokenFor('socket')}`)
  const pieces: Buffer[] = []
  socket.on('message', (piece: Buffer) => pieces.push(piece))
  await until(() => pieces.length > 0)
  const [picture, sound] = readTags(Buffer.concat(pieces))
  expect([picture?.type, sound?.type]).toEqual([9, 8])
  expect((await control.streams())[0]).toMatchObject({ viewers: { flv: 1 } })
  await control.end('socket')
  const [code] = await once(socket, 'close')
  expect(code).toBe(1000)
  await publication.closed
})

test.each([
  ['without a token', 'refused-ws', () => '', 403],
  ['of a stream that is not there', 'nobody', () => tokenFor('nobody'), 404],
])('a WebSocket %s is refused before it opens', async (_, streamId, token, status) => {
  const socket = new WebSocket(`${media.http}/live/${streamId}.flv?t=${token()}`)
  const [, response] = await once(socket, 'unexpected-response')
  expect(response.statusCode).toBe(status)
})

test('an oversize message of a viewer ends its connection and no other', async () => {
  const publication = await publish('chatty')
  const url = `${media.http}/live/chatty.flv?t=${tokenFor('chatty')}`
  const [loud, quiet] = [new WebSocket(url), new WebSocket(url)]
  await Promise.all([once(loud, 'message'), once(quiet, 'message')])
  loud.send(Buffer.alloc(2_000))
  const [code] = await once(loud, 'close')
  expect(code).toBe(1009)
  expect(quiet.readyState).toBe(WebSocket.OPEN)
  await control.end('chatty')
  await publication.closed
})

test('players without low latency are given whole segments', async () => {
  const publication = await publish('plain')
  const playlist = await (await play('plain/hls.m3u8', tokenFor('plain'))).text()
  expect(playlist).not.toContain('EXT-X-PART')
  const [, file = ''] = /\n([^#\n]+\.m4s)/.exec(playlist) ?? []
  expect((await play(`plain/${file}`, '')).status).toBe(200)
  await control.end('plain')
  await publication.closed
})

test('a playlist travels compressed to who takes that, and says the same', async () => {
  const publication = await publish('zipped')
  const asked = async (encoding: string) => {
    const url = `${media.http}/live/zipped/index.m3u8?t=${tokenFor('zipped')}`
    const [answer] = await once(
      request(url, { headers: { 'accept-encoding': encoding } }).end(),
      'response',
    )
    return { headers: answer.headers, bytes: await buffer(answer) }
  }
  const [plain, zipped] = [await asked('gzip;q=0, identity'), await asked('br, gzip;q=0.5')]
  expect([plain.headers['content-encoding'], zipped.headers['content-encoding']]).toEqual([
    undefined,
    'gzip',
  ])
  expect(zipped.headers.vary).toBe('accept-encoding')
  expect(zipped.bytes.length).toBeLessThan(plain.bytes.length / 2)
  expect(gunzipSync(zipped.bytes).toString()).toContain('#EXT-X-PART-INF')
  await control.end('zipped')
  await publication.closed
})

test('a stream with a ladder offers its variants, each with what the token opened', async () => {
  const publication = await publish('shown-light', media, largeTags)
  const offered = async (path: string) => (await play(path, tokenFor('shown-light'))).text()
  const master = await offered('shown-light/index.m3u8')
  expect(master).toMatch(/RESOLUTION=640x480.*CODECS="avc1\.\w{6},mp4a\.40\.2",NAME="source"/)
  const [, variant = ''] = /NAME="360p"\n(360p\.m3u8\?t=\S+)/.exec(master) ?? []
  // A playlist that has nothing to tell yet is a 404 after six seconds.
  let playlist = ''
  while (!playlist.includes('EXT-X-PART')) {
    playlist = await (await fetch(`${media.http}/live/shown-light/${variant}`)).text()
  }
  const [, file = ''] = /URI="([^"]+\.mp4)"/.exec(playlist) ?? []
  expect((await play(`shown-light/${file}`, '')).status).toBe(200)
  const source = await offered('shown-light/source.m3u8')
  expect(source).toContain('EXT-X-PART')
  expect(source).toMatch(/RENDITION-REPORT:URI="360p\.m3u8\?t=[^"]+",LAST-MSN=\d+,LAST-PART=\d+\n$/)
  const [, plain = ''] = /NAME="source"\n(\S+)/.exec(await offered('shown-light/hls.m3u8')) ?? []
  const plainPlaylist = await (await fetch(`${media.http}/live/shown-light/${plain}`)).text()
  expect(plainPlaylist).toContain('#EXTINF')
  expect(plainPlaylist).not.toContain('EXT-X-PART')
  expect((await play('shown-light/480p.m3u8', tokenFor('shown-light'))).status).toBe(404)
  expect((await play('shown-light/360p.m3u8', '')).status).toBe(403)
  const metrics = await (await fetch(`${media.http}/metrics`)).text()
  expect(metrics).toContain('kaibo_media_ladder_slots_used 2\n')
  await control.end('shown-light')
  await publication.closed
})

test('a full house turns new viewers away for a moment, and keeps those who are in', async () => {
  const small = await startMedia({ KAIBO_MEDIA_VIEWERS_MAX: '2' })
  const publication = await publish('full', small)
  const token = tokenFor('full')
  const ask = (path: string) => fetch(`${small.http}/live/${path}t=${token}`)
  const seated = await ask('full.flv?')
  expect((await ask('full/index.m3u8?v=ann&')).status).toBe(200)
  const [again, ...refused] = await Promise.all(
    ['index.m3u8?v=ann&', 'index.m3u8?v=bob&', 'hls.m3u8?v=bob&'].map(file => ask(`full/${file}`)),
  )
  expect(again?.status).toBe(200)
  expect(refused.map(({ status }) => status)).toEqual([503, 503])
  for (const { headers } of refused) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  const url = `${small.http}/live/full.flv?t=${token}`
  const [, response] = await once(new WebSocket(url), 'unexpected-response')
  expect([response.statusCode, Number(response.headers['retry-after']) > 0]).toEqual([503, true])
  expect((await seated.body?.getReader().read())?.value?.length).toBeGreaterThan(0)
  publication.close()
  small.child.kill('SIGTERM')
  await once(small.child, 'exit')
})

test('the first twenty viewers are let in however late the machine is, and no more', async () => {
  // A loop that may not lag at all is late always.
  const late = await startMedia({ KAIBO_MEDIA_LAG_MAX_MS: '0' })
  const publication = await publish('late', late)
  const url = `${late.http}/live/late.flv?t=${tokenFor('late')}`
  const opened: (number | undefined)[] = []
  for (let viewer = 0; viewer < 22; viewer++) opened.push((await fetch(url)).status)
  expect(opened).toEqual([...Array(20).fill(200), 503, 503])
  expect(
    (await createMediaControl({ baseUrl: late.http, secret: SECRET }).streams())[0],
  ).toMatchObject({ state: 'live', viewers: { flv: 20 } })
  publication.close()
  late.child.kill('SIGTERM')
  await once(late.child, 'exit')
})

test.each([
  ['no token', () => ''],
  ['a token of another stream', () => tokenFor('other')],
  ['an expired token', () => tokenFor('gated', -5)],
])('%s opens neither stream nor playlist', async (_, token) => {
  const publication = await publish(`gated`)
  expect((await play('gated.flv', token())).status).toBe(403)
  expect((await play('gated/index.m3u8', token())).status).toBe(403)
  publication.close()
  await control.end('gated')
  app.events = app.events.filter(({ streamId }) => streamId !== 'gated')
})

test('files lie under a folder that cannot be guessed', async () => {
  const publication = await publish('secret')
  expect((await play('secret/m0.mp4', tokenFor('secret'))).status).toBe(404)
  expect((await play('secret/guess/m0.mp4', tokenFor('secret'))).status).toBe(404)
  publication.close()
})

test('a kick cuts the publisher within a second and tells the app why', async () => {
  const publication = await publish('rogue')
  const startedAtMs = performance.now()
  expect(await control.kick('rogue', 'banned')).toBe(true)
  await publication.closed
  expect(performance.now() - startedAtMs).toBeLessThan(1_000)
  await until(() => typesOf('rogue').includes('ended'))
  expect(
    app.events.find(({ type, streamId }) => type === 'ended' && streamId === 'rogue')?.reason,
  ).toBe('banned')
  expect(await control.kick('rogue', 'banned')).toBe(false)
})

test('a publisher that does not come back ends the stream after the grace', async () => {
  const publication = await publish('lost')
  publication.close()
  await until(() => typesOf('lost').length === 3)
  expect(typesOf('lost')).toEqual(['publish_start', 'publish_end', 'ended'])
  const playlist = await (await play('lost/index.m3u8', tokenFor('lost'))).text()
  expect(playlist).toContain('#EXT-X-ENDLIST')
})

test('events wait in order for an app that is down, each with an id of its own', async () => {
  const publication = await publish('patient')
  app.isDown = true
  publication.close()
  await control.end('patient')
  await sleep(300)
  app.isDown = false
  await until(() => typesOf('patient').length >= 3)
  expect(typesOf('patient')).toEqual(['publish_start', 'publish_end', 'ended'])
  expect(new Set(app.events.map(({ id }) => id)).size).toBe(app.events.length)
})

test('with the app down nobody may publish', async () => {
  app.isDown = true
  const attempt = openPublication(`rtmp://127.0.0.1:${media.rtmpPort}/live/sk_any`)
  await expect(attempt).rejects.toThrow('BadName')
  app.isDown = false
})

test('why an encoder had to go is kept for its host until a picture comes', async () => {
  const troubleOf = async (streamId: string) =>
    (await control.standing()).troubles.find(trouble => trouble.streamId === streamId)?.reason
  const first = await openPublication(`rtmp://127.0.0.1:${media.rtmpPort}/live/sk_picky`)
  // The header of HEVC as codec number 12, before there was enhanced RTMP.
  first.send({ typeId: 9, timestampMs: 0, payload: Buffer.from('1c00000000', 'hex') })
  await first.closed
  expect(await troubleOf('picky')).toBe('codec.video_unsupported')
  const second = await publish('picky')
  expect(await troubleOf('picky')).toBeUndefined()
  await expect(publish('picky')).rejects.toThrow('BadName')
  expect(await troubleOf('picky')).toBe('already_publishing')
  second.close()
  await until(() => typesOf('picky').includes('ended'))
  expect(await troubleOf('picky')).toBeUndefined()
})

test('an old key of a shop is told to the session that it has open', async () => {
  const attempt = openPublication(`rtmp://127.0.0.1:${media.rtmpPort}/live/old_open`)
  await expect(attempt).rejects.toThrow('BadName')
  const { troubles } = await control.standing()
  expect(troubles).toContainEqual({
    streamId: 'open',
    reason: 'key_unknown',
    agoSec: expect.any(Number),
  })
})

test('control is for whoever knows the secret', async () => {
  const stranger = createMediaControl({ baseUrl: media.http, secret: 'a-guess-of-a-secret' })
  await expect(stranger.streams()).rejects.toThrow('401')
  await expect(stranger.kick('show', 'x')).rejects.toThrow('401')
})

test('no stream key and no play token is in the log', () => {
  expect(app.keys.length).toBeGreaterThan(5)
  for (const key of app.keys) expect(media.log()).not.toContain(key)
  expect(media.log()).not.toMatch(/[?&]t=/)
})

test('a port in use is one clear sentence and exit code 1', async () => {
  const child = spawnMedia({ RTMP_PORT: String(media.rtmpPort) })
  let text = ''
  child.stderr?.on('data', piece => {
    text += piece
  })
  const [code] = await once(child, 'exit')
  expect(code).toBe(1)
  expect(text).toBe(`Port ${media.rtmpPort} is already in use; set RTMP_PORT to a free one.\n`)
})

test('without its parent the process ends', async () => {
  const orphan = await startMedia({ KAIBO_PARENT: '1' })
  orphan.child.stdin?.destroy()
  const [code] = await once(orphan.child, 'exit')
  expect(code).toBe(0)
})
