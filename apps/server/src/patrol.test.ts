import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { newId } from '@kaibo/kernel/ids'
import { must } from '@kaibo/kernel/invariant'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, newSettings, type ServerProcess, startServer } from './testing/process.ts'
import { type Shopper, signInAt } from './testing/shopper.ts'

/** A service that judges pictures: the rooms in `blocked` it blocks. */
const blocked = new Set<string>()
const judged: string[] = []
const reviewer = createServer((request, response) => {
  const roomId = String(request.headers['x-room-id'])
  request.resume()
  request.on('end', () => {
    judged.push(roomId)
    const finding = { label: 'nudity', score: 0.98, verdict: 'block', reason: 'vulgar' }
    response.end(JSON.stringify({ findings: blocked.has(roomId) ? [finding] : [] }))
  })
})

let server: ServerProcess
let owner: Shopper
let operator: Shopper
let shopId = ''
const encoders = new Set<ChildProcess>()

beforeAll(async () => {
  await new Promise<void>(resolve => reviewer.listen(0, '127.0.0.1', resolve))
  const address = reviewer.address()
  const port = typeof address === 'object' ? address?.port : 0
  server = await startServer(
    await newSettings({
      KAIBO_IMAGE_REVIEW: 'http',
      KAIBO_IMAGE_REVIEW_URL: `http://127.0.0.1:${port}/`,
    }),
  )
  owner = await signInAt(server.url, '13800000004')
  operator = await signInAt(server.url, '13800000009')
  shopId = must((await owner.client.account.me()).shops[0], 'a shop').id
})

afterAll(() => {
  for (const encoder of encoders) encoder.kill('SIGKILL')
  reviewer.close()
})

const create = (id = newId()) =>
  owner.client.live.create({ shopId, id, title: '试播', category: 'tea', coverFileId: null })

/** A real encoder; resolves when it ends. */
function publish(streamKey: string): Promise<unknown> {
  const encoder = spawn('ffmpeg', [
    ...['-v', 'error', '-re', '-f', 'lavfi', '-i', 'testsrc2=size=180x320:rate=15'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-pix_fmt', 'yuv420p'],
    ...['-g', '15', '-f', 'flv'],
    `rtmp://127.0.0.1:${server.settings.RTMP_PORT}/live/${streamKey}`,
  ])
  encoders.add(encoder)
  return once(encoder, 'close')
}

const roomOf = (id: string) => owner.client.live.room({ id })
const tileOf = async (id: string) =>
  (await operator.client.patrol.wall({})).items.find(({ live }) => live.id === id)

/** A picture as the staff's page fetches it. */
async function bytesAt(path: string): Promise<Uint8Array> {
  const headers = { authorization: `Bearer ${operator.token}` }
  const answer = await fetch(`${server.url}/api/platform/${path}`, { headers })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
  return new Uint8Array(await answer.arrayBuffer())
}

/** Reads a viewer's stream to its end. */
async function watch(id: string): Promise<void> {
  const { play } = await roomOf(id)
  const flv = must(
    play?.endpoints.find(({ protocol }) => protocol === 'flv'),
    'no FLV',
  )
  const { body } = await fetch(flv.url)
  const reader = must(body, 'no stream').getReader()
  while (!(await reader.read()).done);
}

test('a block verdict cuts a real stream within ten seconds, tells everybody why, and the evidence is there', {
  timeout: 120_000,
}, async () => {
  const { session, ingest } = await create()
  const { id } = session
  const encoderEnded = publish(must(ingest, 'a key').streamKey)
  const picture = await eventually(async () => (await tileOf(id))?.picture ?? undefined, 60_000)
  const jpeg = await bytesAt(`patrol/pictures/${must(picture, 'no picture').id}`)
  expect([...jpeg.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff])
  const viewerEnded = watch(id)
  expect(await eventually(async () => judged.includes(id) || undefined, 10_000)).toBe(true)

  blocked.add(id)
  const ended = Promise.all([encoderEnded, viewerEnded]).then(() => true)
  const stopped = await eventually(async () => {
    const room = await roomOf(id)
    return room.state === 'ended' ? room : undefined
  }, 10_000)
  expect(stopped).toMatchObject({ stopReason: 'vulgar', play: null })
  expect(await Promise.race([ended, eventually(async () => undefined, 10_000)])).toBe(true)

  const { notices } = await owner.client.verdict.standing({ shopId })
  expect(notices).toMatchObject([{ kind: 'cut', reason: 'vulgar', liveId: id }])
  const evidence = await operator.client.verdict.evidence({ id: notices[0]?.id ?? '' })
  expect(evidence).toMatchObject({
    verdict: { by: null, shopId },
    context: { title: '试播', findings: [{ label: 'nudity', verdict: 'block' }] },
  })
  const frame = await bytesAt(`verdicts/${evidence.verdict.id}/frames/0`)
  expect(createHash('sha256').update(frame).digest('hex')).toBe(evidence.frames[0]?.sha256)
})

test('who is banned does not get in by any door, and does again when it is lifted', {
  timeout: 60_000,
}, async () => {
  const { session, ingest } = await create()
  const { bans } = await operator.client.verdict.judge({
    id: session.id,
    verdictId: newId(),
    kind: 'ban',
    reason: 'counterfeit',
    note: '',
    pictureId: null,
    subjects: ['shop'],
    days: 1,
  })
  await expect(create()).rejects.toMatchObject({ code: 'live.banned' })
  // The gate refuses, so the encoder ends by itself.
  await publish(must(ingest, 'a key').streamKey)
  expect(await roomOf(session.id)).toMatchObject({ state: 'ended', stopReason: 'counterfeit' })
  await operator.client.verdict.lift({ id: must(bans[0], 'a ban').id })
  await expect(create()).resolves.toMatchObject({ session: { state: 'ready' } })
})
