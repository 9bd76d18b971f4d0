import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { publishFlvLoop } from '@kaibo/media/rtmp/publish-loop'
import { startS3Simulator } from '@kaibo/providers/storage-s3/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, newSettings, type ServerProcess, startServer } from './testing/process.ts'
import { type Shopper, signInAt } from './testing/shopper.ts'

/** A whole server whose pictures and recordings lie in an object store, with a CDN before it. */
const account = { region: 'cn-east-1', bucket: 'kaibo', keyId: 'AKIDEXAMPLE', secret: 'wJalrXUtn' }
const s3 = await startS3Simulator(account)

/** What a CDN that may read the bucket does: the paths are the keys. */
const cdn = createServer((request, response) => {
  const object = s3.objects.get((request.url ?? '').slice(1))
  response.writeHead(object ? 200 : 404, { 'access-control-allow-origin': '*' })
  response.end(object?.bytes)
})
const waitMsMax = 120_000
const leaving = new AbortController()
let cdnUrl = ''
let server: ServerProcess
let owner: Shopper
let operator: Shopper
let shopId = ''

beforeAll(async () => {
  cdn.listen(0, '127.0.0.1')
  await once(cdn, 'listening')
  const address = cdn.address()
  cdnUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  server = await startServer(
    await newSettings({
      KAIBO_FILES_STORE: 's3',
      KAIBO_RECORDINGS_STORE: 's3',
      KAIBO_RECORDINGS_URL: cdnUrl,
      KAIBO_S3_URL: s3.url,
      KAIBO_S3_REGION: account.region,
      KAIBO_S3_BUCKET: account.bucket,
      KAIBO_S3_KEY_ID: account.keyId,
      KAIBO_S3_SECRET: account.secret,
    }),
  )
  owner = await signInAt(server.url, '13800000004')
  operator = await signInAt(server.url, '13800000009')
  shopId = must((await owner.client.account.me()).shops[0], 'a shop').id
}, waitMsMax)
afterAll(() => {
  leaving.abort()
  s3.close()
  cdn.closeAllConnections()
  cdn.close()
})

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const dataDir = () => server.settings.KAIBO_DATA_DIR ?? ''
const film = new URL('../demo/clip.flv', import.meta.url).pathname

/** Waits for something that must come. */
const coming = async <T>(what: string, ask: () => Promise<T | undefined>): Promise<T> =>
  must(await eventually(ask, waitMsMax), what)

async function bytesAt(url: string): Promise<Uint8Array> {
  const answer = await fetch(url)
  expect(answer.status, url).toBe(200)
  return new Uint8Array(await answer.arrayBuffer())
}

/** The addresses that players get now, without those of init segments. */
async function playlistOf(id: string): Promise<string[]> {
  const { play } = await owner.client.recording.replay({ id })
  const playlist = Buffer.from(await bytesAt(must(play, 'a way to play it').url)).toString()
  return playlist.split('\n').filter(line => line.startsWith('http'))
}

/** Every file of a recording with its hash, as the platform keeps them. */
const piecesOf = async (id: string) =>
  (await operator.client.recording.caseFile({ id, commentsFromMs: 0 })).pieces

test('pictures of goods lie in the store, and are served from there', async () => {
  const { items } = await owner.client.catalog.list({ shopId, limit: 5 })
  const { pictureUrl } = must(items[0], 'a product')
  const bytes = await bytesAt(`${server.url}${must(pictureUrl, 'a picture')}`)
  const kept = [...s3.objects].filter(([key]) => key.startsWith('files/'))
  expect(kept.map(([, object]) => sha256(object.bytes))).toContain(sha256(bytes))
  expect(existsSync(join(dataDir(), 'files'))).toBe(false)
})

test('a store that is down stops no show, and gets what it missed when it is back', {
  timeout: 4 * waitMsMax,
}, async () => {
  s3.isDown = true
  const id = newId()
  const wanted = { shopId, id, title: '对象存储', category: 'home', coverFileId: null } as const
  const { ingest } = await owner.client.live.create(wanted)
  const { streamKey } = must(ingest, 'a key')
  const url = `rtmp://127.0.0.1:${server.settings.RTMP_PORT}/live/${streamKey}`
  const encoder = publishFlvLoop({ url, file: film, signal: leaving.signal })
  const recording = () => owner.client.recording.recording({ shopId, id })
  await coming('two pieces', async () => (await recording()).durationMs > 15_000 || undefined)
  expect(await owner.client.live.room({ id })).toMatchObject({ state: 'live' })
  await owner.client.live.end({ shopId, id })
  const replay = () => owner.client.recording.replay({ id })
  await coming('a replay', async () => (await replay()).state === 'ready' || undefined)

  // Nothing has moved yet, and it can be watched.
  const before = await playlistOf(id)
  expect(before.filter(url => url.startsWith(cdnUrl))).toEqual([])
  for (const url of before) expect((await bytesAt(url)).length).toBeGreaterThan(0)
  const told = await piecesOf(id)
  expect(told).toHaveLength(before.length)

  s3.isDown = false
  const after = await coming('all pieces in the store', async () => {
    const urls = await playlistOf(id)
    return urls.every(url => url.startsWith(`${cdnUrl}/recordings/`)) ? urls : undefined
  })
  const hashes = await Promise.all(after.map(async url => sha256(await bytesAt(url))))
  expect(hashes).toEqual(told.map(piece => piece.sha256))
  leaving.abort()
  await encoder
})

test('pages may play from the CDN, and what moved is cut from there', {
  timeout: waitMsMax,
}, async () => {
  const { headers } = await fetch(server.url)
  for (const source of ['media-src', 'connect-src'])
    expect(headers.get('content-security-policy')).toMatch(new RegExp(`${source}[^;]* ${cdnUrl}`))
  const { items } = await operator.client.recording.list({ limit: 10, shopId, state: 'ready' })
  const { liveId } = must(items[0], 'a recording')
  const clipId = newId()
  const span = { fromMs: 1_000, toMs: 5_000, mode: 'copy', productId: null } as const
  await owner.client.clip.create({ shopId, id: liveId, clipId, title: '片段', ...span })
  const clip = await coming('a clip', async () => {
    const { items } = await owner.client.clip.list({ shopId, id: liveId })
    const own = items.find(each => each.id === clipId)
    return own && own.state !== 'waiting' && own.state !== 'cutting' ? own : undefined
  })
  expect(clip).toMatchObject({ state: 'ready', failure: null })
  expect([...s3.objects.keys()].filter(key => key.startsWith('files/clips/'))).toHaveLength(1)
  const seenBy = async (headers: Record<string, string>) =>
    (await fetch(`${server.url}${clip.videoUrl}`, { headers })).status
  expect(await seenBy({ authorization: `Bearer ${owner.token}` })).toBe(200)
  expect(await seenBy({})).toBe(404)
})
