import { expect, test } from 'vitest'
import { connectSocket, recordedMime } from './socket.ts'
import type { Media, Target } from './transport.ts'

const track = (label: string) =>
  ({ label, getSettings: () => ({ width: 720, height: 1_280 }) }) as unknown as MediaStreamTrack
const media: Media = { video: track('front'), audio: track('mic'), isScreen: false }

class FakeSocket extends EventTarget {
  readyState = 1
  bufferedAmount = 0
  readonly sent: unknown[] = []
  isClosed = false
  send = (data: unknown) => void this.sent.push(data)
  close() {
    this.isClosed = true
  }
  tell(event: 'open' | 'message') {
    this.dispatchEvent(new Event(event))
  }
  drop(code: number) {
    this.dispatchEvent(Object.assign(new Event('close'), { code }))
  }
}

class FakeRecorder extends EventTarget {
  state = 'inactive'
  readonly options: MediaRecorderOptions
  constructor(options: MediaRecorderOptions) {
    super()
    this.options = options
  }
  start() {
    this.state = 'recording'
  }
  stop() {
    this.state = 'inactive'
    this.dispatchEvent(new Event('stop'))
  }
  slice(bytes: number) {
    const data = new Blob([new Uint8Array(bytes)])
    this.dispatchEvent(Object.assign(new Event('dataavailable'), { data }))
  }
}

function stage(mimes = ['video/webm;codecs=h264,opus']) {
  const socket = new FakeSocket()
  const recorders: FakeRecorder[] = []
  const patience = new AbortController()
  const seen = { goneCount: 0, nowMs: 0 }
  const target: Target = {
    url: 'ws://media.test/ingest',
    ticket: 'pt_1',
    iceServers: [],
    media,
    signal: patience.signal,
    onGone: () => void seen.goneCount++,
  }
  const opening = connectSocket(target, {
    createSocket: () => socket as unknown as WebSocket,
    createRecorder: (_, options) => {
      const recorder = new FakeRecorder(options)
      recorders.push(recorder)
      return recorder as unknown as MediaRecorder
    },
    createStream: () => ({}) as MediaStream,
    isSupported: mime => mimes.includes(mime),
    nowMs: () => seen.nowMs,
  })
  // A rejection may come before the test waits for it.
  opening.catch(() => {})
  return { socket, recorders, opening, patience, seen }
}

/** Connected and recording. */
async function onAir() {
  const scene = stage()
  scene.socket.tell('open')
  scene.socket.tell('message')
  const connection = await scene.opening
  const [recorder] = scene.recorders
  if (!recorder) throw new Error('nothing is recorded')
  return { ...scene, connection, recorder }
}

test('the first message says who comes and with what; slices follow when the server is ready', async () => {
  const { socket, recorder } = await onAir()
  recorder.slice(10)
  recorder.slice(0)
  recorder.slice(20)
  const [hello, ...slices] = socket.sent
  expect(hello).toBe('{"ticket":"pt_1","mime":"video/webm;codecs=h264,opus"}')
  expect(slices).toMatchObject([{ size: 10 }, { size: 20 }])
  expect(recorder.options).toMatchObject({ videoBitsPerSecond: 1_500_000 })
})

test('H.264 is recorded where the browser can, VP8 where it must', () => {
  expect(recordedMime(mime => mime.includes('vp8'))).toBe('video/webm;codecs=vp8,opus')
  expect(recordedMime(() => true)).toBe('video/webm;codecs=h264,opus')
  expect(recordedMime(() => false)).toBeUndefined()
})

test.each([
  [4409, 'busy'],
  [4401, 'busy'],
  [4503, 'busy'],
  [4415, 'blocked'],
])('a server that closes with %i means %s, and nothing is recorded', async (code, why) => {
  const { socket, opening, recorders } = stage()
  socket.tell('open')
  socket.drop(code)
  await expect(opening).rejects.toMatchObject({ why })
  expect(recorders).toEqual([])
})

test('a server that is not reached, or says nothing, is offline', async () => {
  const far = stage()
  far.socket.drop(1006)
  await expect(far.opening).rejects.toMatchObject({ why: 'offline' })
  const silent = stage()
  silent.socket.tell('open')
  silent.patience.abort()
  await expect(silent.opening).rejects.toMatchObject({ why: 'offline' })
  expect(silent.socket.isClosed).toBe(true)
})

test('a socket that closes by itself is a loss; the own end is none', async () => {
  const lost = await onAir()
  lost.socket.drop(1006)
  expect([lost.seen.goneCount, lost.recorder.state]).toEqual([1, 'inactive'])

  const ended = await onAir()
  ended.connection.close()
  ended.socket.drop(1000)
  expect([ended.seen.goneCount, ended.recorder.state]).toEqual([0, 'inactive'])
})

test('a jam ends the connection, because no slice may be left out', async () => {
  const { socket, recorder, seen } = await onAir()
  socket.bufferedAmount = 5 * 1024 * 1024
  recorder.slice(10)
  expect([seen.goneCount, socket.isClosed]).toEqual([1, true])
})

test('other tracks need another connection', async () => {
  const { connection } = await onAir()
  expect(await connection.swap(media)).toBe(false)
})

test('numbers are those of what left, not of what waits', async () => {
  const { connection, recorder, socket, seen } = await onAir()
  await connection.measure()
  seen.nowMs = 1_000
  recorder.slice(100_000)
  socket.bufferedAmount = 25_000
  expect(await connection.measure()).toMatchObject({
    bitrateKbps: 600,
    widthPx: 720,
    framesPerSec: null,
  })
})
