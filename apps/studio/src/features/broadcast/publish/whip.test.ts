import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Media, Target } from './transport.ts'
import { connectWhip, h264First } from './whip.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const track = (label: string) => ({ label }) as MediaStreamTrack
const media: Media = { video: track('front'), audio: track('mic'), isScreen: false }

/** A peer connection as far as a publisher uses it; ICE goes as `reach` says. */
class FakePeer extends EventTarget {
  iceGatheringState = 'new'
  connectionState: RTCPeerConnectionState = 'new'
  localDescription: { sdp: string } | null = null
  readonly sent: (MediaStreamTrack | null | string)[] = []
  maxBitrate = 0
  isClosed = false
  addTransceiver(what: MediaStreamTrack | string) {
    const at = this.sent.push(what) - 1
    return {
      setCodecPreferences: () => {},
      sender: {
        replaceTrack: async (next: MediaStreamTrack | null) => {
          this.sent[at] = next
        },
        getParameters: () => ({ encodings: [{}] }),
        setParameters: async (to: RTCRtpSendParameters) => {
          this.maxBitrate = to.encodings[0]?.maxBitrate ?? 0
        },
      },
    }
  }
  createOffer = async () => ({ type: 'offer', sdp: 'v=0 offer' })
  async setLocalDescription(offer: { sdp: string }) {
    this.localDescription = { sdp: `${offer.sdp} with addresses` }
    this.iceGatheringState = 'complete'
  }
  setRemoteDescription = async () => {}
  getStats = async () => new Map()
  become(state: RTCPeerConnectionState) {
    this.connectionState = state
    this.dispatchEvent(new Event('connectionstatechange'))
  }
  close() {
    this.isClosed = true
  }
}

type Call = { url: string; method: string; body: unknown; bearer: string | null }

function stage(answer: () => Response | Promise<Response>, signal = new AbortController().signal) {
  const peer = new FakePeer()
  const calls: Call[] = []
  let goneCount = 0
  const target: Target = {
    url: 'http://media.test/whip',
    ticket: 'pt_1',
    iceServers: [],
    media,
    signal,
    onGone: () => void goneCount++,
  }
  const opening = connectWhip(target, {
    createPeer: () => peer as unknown as RTCPeerConnection,
    async fetch(input, init) {
      const headers = new Headers(init?.headers)
      calls.push({
        url: String(input),
        method: init?.method ?? 'GET',
        body: init?.body,
        bearer: headers.get('authorization'),
      })
      return init?.method === 'DELETE' ? new Response(null) : answer()
    },
    codecs: () => [],
    nowMs: () => 0,
  })
  // A rejection may come before the test waits for it.
  opening.catch(() => {})
  return { peer, calls, opening, goneCount: () => goneCount }
}

const takes = () => new Response('v=0 answer', { status: 201, headers: { location: '/whip/7' } })
const settle = () => vi.advanceTimersByTimeAsync(0)

test('one offer with all addresses is answered once, and the picture flows', async () => {
  const { peer, calls, opening } = stage(takes)
  await settle()
  peer.become('connected')
  const connection = await opening
  expect(calls).toEqual([
    {
      url: 'http://media.test/whip',
      method: 'POST',
      body: 'v=0 offer with addresses',
      bearer: 'Bearer pt_1',
    },
  ])
  expect(peer.maxBitrate).toBe(1_500_000)

  expect(await connection.swap({ ...media, video: track('screen'), isScreen: true })).toBe(true)
  expect(peer.sent).toMatchObject([{ label: 'screen' }, { label: 'mic' }])
  expect(peer.maxBitrate).toBe(2_500_000)
})

test('the end is said to the server, once', async () => {
  const { peer, calls, opening, goneCount } = stage(takes)
  await settle()
  peer.become('connected')
  const connection = await opening
  connection.close()
  connection.close()
  expect(calls.slice(1)).toMatchObject([{ url: 'http://media.test/whip/7', method: 'DELETE' }])
  peer.become('closed')
  expect([peer.isClosed, goneCount()]).toEqual([true, 0])
})

test.each([
  [409, 'busy'],
  [503, 'busy'],
  [406, 'blocked'],
  [404, 'blocked'],
])('an answer of %i means %s', async (status, why) => {
  const { peer, opening } = stage(() => new Response(null, { status }))
  await expect(opening).rejects.toMatchObject({ why })
  expect(peer.isClosed).toBe(true)
})

test('a server that is not reached is offline, a network without UDP is blocked', async () => {
  const far = stage(() => Promise.reject(new TypeError('Failed to fetch')))
  await expect(far.opening).rejects.toMatchObject({ why: 'offline' })

  const timeUp = new AbortController()
  const deaf = stage(
    () => new Promise((_, reject) => timeUp.signal.addEventListener('abort', reject)),
    timeUp.signal,
  )
  await settle()
  timeUp.abort()
  await expect(deaf.opening).rejects.toMatchObject({ why: 'offline' })

  const noUdp = stage(takes)
  await settle()
  noUdp.peer.become('failed')
  await expect(noUdp.opening).rejects.toMatchObject({ why: 'blocked' })

  const patience = new AbortController()
  const silent = stage(takes, patience.signal)
  await settle()
  patience.abort()
  await expect(silent.opening).rejects.toMatchObject({ why: 'blocked' })
  expect(silent.calls.at(-1)?.method).toBe('DELETE')
})

test('a network that comes back in time was never gone', async () => {
  const { peer, opening, goneCount } = stage(takes)
  await settle()
  peer.become('connected')
  await opening
  peer.become('disconnected')
  await vi.advanceTimersByTimeAsync(3_000)
  peer.become('connected')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(goneCount()).toBe(0)
  peer.become('disconnected')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(goneCount()).toBe(1)
})

test('baseline H.264 is offered first and no codec is left out', () => {
  const codec = (mimeType: string, sdpFmtpLine = '') => ({
    mimeType,
    clockRate: 90_000,
    sdpFmtpLine,
  })
  const vp8 = codec('video/VP8')
  const high = codec('video/H264', 'packetization-mode=1;profile-level-id=640c1f')
  const split = codec('video/H264', 'packetization-mode=0;profile-level-id=42e01f')
  const base = codec('video/H264', 'packetization-mode=1;profile-level-id=42e01f')
  expect(h264First([vp8, split, high, base])).toEqual([base, high, split, vp8])
})
